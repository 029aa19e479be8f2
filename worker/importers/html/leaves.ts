import { emphasis, strong } from './elements.ts'
import type { Format, Leaf } from './phrasing.ts'

/** Code in a line. */
export const codeLeaf = (text: string, formats: readonly Format[]): Leaf => {
  const line = text.replace(/[ \t\n\f\r\u2028\u2029]+/g, ' ')
  return { formats, node: line.trim() ? { type: 'code', text: line.trim() } : line }
}

/** The formats within a link; the same where there is one already. */
export function withLink(formats: readonly Format[], href: string | null): readonly Format[] {
  return href && !formats.some(({ type }) => type === 'link') ? [...formats, { type: 'link', href }] : formats
}

/** The formats within an element of a name. */
export function formatted(formats: readonly Format[], name: string): readonly Format[] {
  const type = strong.has(name) ? 'strong' : emphasis.has(name) ? 'emphasis' : null
  return type && !formats.some((format) => format.type === type) ? [...formats, { type }] : formats
}
