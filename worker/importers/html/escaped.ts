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
const signs = signsAnd('\\](?=\\(|$)')
const labelSigns = signsAnd('[[\\]]')

/** Addresses that become links where they stand. */
const address = /(https?:\/\/[^\s<>]+)/gi

/** What ends a sentence, not an address. */
const afterAddress = '.,;:!?\'")]*_`~'

/** Text as Markdown that shows it as it is. */
export function escaped(text: string): string {
  return text
    .split(address)
    .map((part, at) => (at % 2 === 1 ? bareLink(part) : escapedSigns(part)))
    .join('')
}

/** The same within the words of a link, where brackets must not end it. */
export const escapedLabel = (text: string): string => text.replace(labelSigns, '\\$&')

const escapedSigns = (text: string) => text.replace(signs, '\\$&')

/** An address in text, in angle brackets where what must be escaped would end it. */
function bareLink(text: string): string {
  if (escapedSigns(text) === text) return text
  let end = text.length
  while (end > 0 && afterAddress.includes(text[end - 1] as string)) end--
  const inner = text.slice(0, end)
  const rest = escapedSigns(text.slice(end))
  const isLink = !/[\\`]/.test(inner) && URL.canParse(inner) && !new URL(inner).username
  return isLink ? `<${inner}>${rest}` : escapedSigns(text)
}

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
