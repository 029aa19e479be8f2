import { beginsByCjkSign, endsByCjkSign } from '../../contract/cjkSigns.ts'
import { codeSpan } from './escaped.ts'

/** A piece of a line of Markdown: text as it stands there, code, or stars that open or close what they belong to. */
export type Token =
  | { text: string }
  | { code: string }
  | { stars: '*' | '**' | '***'; opens: boolean; pair: number }

/**
 * The line of some tokens. Stars are left out where they would not do what they are for, by the rules of CommonMark §6.2
 * and by those for scripts without spaces: so form may be lost, and text never changes.
 */
export function lineOf(tokens: readonly Token[]): string {
  const futile = new Set<number>()
  for (const [at, token] of tokens.entries()) {
    if (!('stars' in token)) continue
    const before = neighbour(tokens, at, -1)
    const after = neighbour(tokens, at, 1)
    const works = token.opens ? mayOpen(before, after) && !isRun(tokens, at, futile) : mayClose(before, after)
    if (!works) futile.add(token.pair)
  }
  let line = ''
  let code = ''
  for (const token of [...tokens, { text: '' }]) {
    if ('stars' in token && futile.has(token.pair)) continue
    // Code beside code would be other code.
    if ('code' in token) code += token.code
    else {
      line += (code && codeSpan(code)) + ('stars' in token ? token.stars : token.text)
      code = ''
    }
  }
  return line
}

/** The text next to a run of stars. */
function neighbour(tokens: readonly Token[], at: number, step: 1 | -1): string {
  for (let next = at + step; next >= 0 && next < tokens.length; next += step) {
    const token = tokens[next]
    if (token && 'text' in token && token.text) return token.text
    if (token && 'code' in token) return '`'
  }
  return ''
}

/** Whether other stars stand right before: together they would be one run, which may do something else. */
function isRun(tokens: readonly Token[], at: number, futile: ReadonlySet<number>): boolean {
  for (let before = at - 1; before >= 0; before--) {
    const token = tokens[before]
    if (!token || !('stars' in token)) return false
    if (!futile.has(token.pair)) return true
  }
  return false
}

const endsBySpace = /\s$|^$/
const beginsBySpace = /^\s|^$/
const endsByPunctuation = /[\p{P}\p{S}]$/u
const beginsByPunctuation = /^[\p{P}\p{S}]/u

const mayOpen = (before: string, after: string) =>
  !beginsBySpace.test(after) &&
  (!beginsByPunctuation.test(after) ||
    endsBySpace.test(before) ||
    endsByPunctuation.test(before) ||
    isCjk(before, after))

const mayClose = (before: string, after: string) =>
  !endsBySpace.test(before) &&
  (!endsByPunctuation.test(before) ||
    beginsBySpace.test(after) ||
    beginsByPunctuation.test(after) ||
    isCjk(before, after))

/** Whether a script without spaces stands on one side of stars between two signs. */
const isCjk = (before: string, after: string) =>
  /\S$/.test(before) && /^\S/.test(after) && (endsByCjkSign.test(before) || beginsByCjkSign.test(after))
