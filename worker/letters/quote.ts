import { inert, joiner } from './inert.ts'
import type { Block } from './letter.ts'

/**
 * Most that a quote may weigh, in bytes of HTML. A dozen of these and all around them are less than what Gmail shows
 * (102 kB); the rest is behind the button.
 */
const heaviest = 2400

/** Bytes of HTML that a sign makes: its own, its entity's, a line break's, or those of the element that a joiner begins. */
function weight(sign: string): number {
  if (sign === '\n') return 5
  if (sign === joiner) return 16
  if ('&<>"'.includes(sign)) return 6
  const code = sign.codePointAt(0) ?? 0
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
}

/** People's words as a quote: inert, and cut where they are long. */
export const quoteOf = (text: string): Block => ({ type: 'quote', theirs: cut(text) })

function cut(text: string): string {
  const signs = [...inert(text.slice(0, heaviest).replace(/[\ud800-\udbff]$/, ''))]
  let left = heaviest
  const end = signs.findIndex((sign) => {
    left -= weight(sign)
    return left < 0
  })
  if (end < 0 && text.length <= heaviest) return signs.join('')
  const start = end < 0 ? signs : signs.slice(0, end)
  return `${start.join('').trimEnd()}…`
}
