import { escaped, target } from '../importers/html/escaped.ts'

/** A text within a line. */
export const inLine = (text: string) => escaped(text.replace(/\s+/g, ' ').trim(), true)

/** A text that leads to an address, or the text alone where that is none of the web. */
export const linkTo = (url: string | null, text: string) =>
  /^(https?|mailto):/i.test(url ?? '')
    ? `[${inLine(text).replace(/[[\]]/g, '\\$&')}](${target(url ?? '')})`
    : inLine(text)

/** A text as it is, quoted. */
export const quoted = (text: string) =>
  text
    .split(/\r\n|\r|\n/)
    .map((line) => (line ? `> ${line}` : '>'))
    .join('\n')
