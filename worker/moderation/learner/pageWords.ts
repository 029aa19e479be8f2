import { fold } from '../text/normalize.ts'
import { wordsIn } from '../text/words.ts'

/** Approved comments from which a page has words of its own, and how many of the latest tell them. */
const leastApproved = 10
export const mostApproved = 30

/**
 * A folded text without the words of its page: those that approved comments of it have. What good comments there say, too,
 * is no evidence of spam, as `casino` on a page about one. All of it where the page has too few.
 *
 * @param approved the page's latest approved comments, as they were posted
 */
export function withoutPageWords(folded: string, approved: string[]): string {
  if (approved.length < leastApproved) return folded
  const own = new Set(approved.flatMap((text) => wordsIn(fold(text))))
  let left = folded
  let from = 0
  for (const word of wordsIn(folded)) {
    const at = left.indexOf(word, from)
    if (own.has(word)) left = `${left.slice(0, at)} ${left.slice(at + word.length)}`
    from = at + (own.has(word) ? 1 : word.length)
  }
  return left.replace(/\s+/g, ' ').trim()
}
