import type { Finding } from '../../contract/findings.ts'
import type { Rule } from '../facts.ts'
import { compileList, findWords } from '../text/lists.ts'
import { fold, isCut } from '../text/normalize.ts'

const weights = { spam: 10, hold: 3 }

/** Holds words of the site's own lists: in the text as written and as readers see it, or in the author's name. */
export const wordlist: Rule = ({ folded, body, shown, name, lists }) => {
  if (lists.spam.length + lists.hold.length === 0) return null
  const whole = [fold(name), wholly(body, folded), ...(shown === null ? [] : [wholly(shown)])].join('\n')
  return (['spam', 'hold'] as const).flatMap((list): Finding[] => {
    const found = findWords(compileList(lists[list]), whole)
    return found ? [{ code: 'wordlist', weight: weights[list], params: { list, ...found } }] : []
  })
}

/** All of a text folded: a long one in pieces, cut between words or where it has none. */
const wholly = (text: string, folded?: string) =>
  isCut(text)
    ? (text.match(/.{1,600}(?=\s|$)|.{1,600}/gsu) ?? []).map(fold).join('\n')
    : (folded ?? fold(text))
