import type { Finding } from '../contract.ts'
import type { Rule } from './facts.ts'
import { fold } from './fold.ts'
import { compileList, findWords } from './lists.ts'

const weights = { spam: 10, hold: 3 }

/** As much of a text as is folded at once. */
const longest = 4000

/** Holds words of the site's own lists, in the text or in the author's name. */
export const wordlist: Rule = ({ folded, body, name, lists }) => {
  if (lists.spam.length + lists.hold.length === 0) return null
  const text = body.length > longest ? piecesOf(body).map(fold).join('\n') : folded
  const whole = `${fold(name)}\n${text}`
  return (['spam', 'hold'] as const).flatMap((list): Finding[] => {
    const found = findWords(compileList(lists[list]), whole)
    return found ? [{ code: 'wordlist', weight: weights[list], params: { list, ...found } }] : []
  })
}

/** A long text cut between words, or where it has none, so that each piece can be folded whole. */
function piecesOf(text: string): string[] {
  return text.match(/.{1,1900}(?=\s|$)|.{1,1900}/gsu) ?? []
}
