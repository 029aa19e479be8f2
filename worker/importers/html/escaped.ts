const punctuation = '[!-/:-@[-`{-~]'

/**
 * Signs that mean something where they stand in text. References mean nothing in our dialect, but an ampersand that is
 * escaped is one for all other programs, too.
 */
const signsAnd = (...more: string[]) => {
  const edges = ['(?<![\\p{L}\\p{N}])_', '_(?![\\p{L}\\p{N}])']
  const before = [`\\\\(?=${punctuation}|$)`, '<(?=\\S|$)', '&(?=#?\\w+;)', '!$']
  return new RegExp(['[`*]', ...edges, ...before, ...more].join('|'), 'gu')
}
// With a colon behind it other programs take what is in brackets for the name of an address.
const signs = signsAnd('\\](?=[(:]|$)')
const labelSigns = signsAnd('[[\\]]')

/** Addresses that become links where they stand, as the parser finds them: up to a space, whatever signs are before it. */
const address = /(https?:\/\/[^\p{Z}\p{Cc}<>]+)/giu

/** What ends a sentence, not an address. */
const afterAddress = '.,;:!?\'")]*_`~'

/**
 * Text as Markdown that shows it as it is.
 *
 * @param isEnd whether its line ends after it
 */
export const escaped = (text: string, isEnd: boolean): string => {
  const written = withAddresses(text, isEnd, signs, bareLink)
  // Before the end of a line it makes no picture of a link.
  return isEnd ? written.replace(/\\!$/, '!') : written
}

/** The same within the words of a link, where brackets must not end it, and addresses are no links. */
export const escapedLabel = (text: string, isEnd: boolean): string =>
  withAddresses(text, isEnd, labelSigns, (found, isFree) =>
    isFree && /^[\w./:?#=%&,;@~+-]+$/.test(found) ? found : withoutLink(found, labelSigns),
  )

function withAddresses(
  text: string,
  isEnd: boolean,
  signs: RegExp,
  written: (address: string, isFree: boolean) => string,
): string {
  const parts = text.split(address)
  return parts
    .map((part, at) => {
      const next = parts[at + 1]
      if (at % 2 === 0) return part.replace(signs, '\\$&')
      return written(part, next ? !/^[<>]/.test(next) : isEnd)
    })
    .join('')
}

/**
 * An address in text: in angle brackets where more would follow it than it has, or where it has signs that would be
 * escaped.
 */
function bareLink(text: string, isFree: boolean): string {
  if (isFree && text.search(signs) < 0) return text
  let end = text.length
  while (end > 0 && afterAddress.includes(text[end - 1] as string)) end--
  const inner = text.slice(0, end)
  if (/[\\`]/.test(inner) || !URL.canParse(inner)) return withoutLink(text, signs)
  const { username, password } = new URL(inner)
  if (username || password) return withoutLink(text, signs)
  return `<${inner}>${text.slice(end).replace(signs, '\\$&')}`
}

/** An address that the parser does not know as such. */
const withoutLink = (text: string, signs: RegExp) => text.replace(signs, '\\$&').replaceAll('://', '\\://')

/** Lines of phrasing, without signs at their beginnings that would begin a list, a quote, a heading or code. */
export const escapedStarts = (text: string): string =>
  text
    .replace(/^[ \t]+|[ \t]+$/gm, '')
    .replace(/^(?:>|[-+](?=[ \t]|$)|#{1,6}(?=[ \t]|$)|~{3}|[-=]+$)/gm, '\\$&')
    .replace(/^(\d{1,9})([.)])(?=[ \t]|$)/gm, '$1\\$2')

/** Code in a line, within more backticks than it has in a row. */
export function codeSpan(text: string): string {
  const fence = backticks(text, 1)
  const pad = /^[ `]|[ `]$/.test(text) ? ' ' : ''
  return fence + pad + text.replaceAll('\n', ' ') + pad + fence
}

/** Code in lines of its own. */
export function codeFence(text: string): string {
  const fence = backticks(text, 3)
  return `${fence}\n${text.replace(/\n$/, '')}\n${fence}`
}

function backticks(text: string, least: number): string {
  const runs = text.match(/`+/g) ?? []
  const longest = runs.reduce((most, { length }) => Math.max(most, length), 0)
  return '`'.repeat(longest < least ? least : longest + 1)
}

/** An address as the target of a link. */
export const target = (href: string): string =>
  href.replace(/[\\()]|&(?=#?\w+;)/g, '\\$&').replace(/\s/g, '%20')
