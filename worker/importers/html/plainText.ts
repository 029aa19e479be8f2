import { parsed, textIn, textOfTags } from './parsed.ts'

/** What readers see of a line that is kept as HTML, such as a name: its references and tags are gone. */
export function plainText(html: string): string {
  if (!/[&<]/.test(html)) return html
  const nodes = parsed(html)
  return (nodes ? textIn(nodes) : textOfTags(html)).replace(/\s+/g, ' ').trim()
}
