import type { Rule } from '../facts.ts'
import { contentWords } from '../text/contentWords.ts'
import { fold } from '../text/normalize.ts'
import { wordsIn } from '../text/words.ts'
import { hostsOf } from './links.ts'

/** The share of a title's words, and how many of them, that a comment repeats who says them back. */
const least = { share: 0.5, words: 2 } as const

/** Words named. */
const mostNamed = 5

/**
 * A newcomer says the page's title back, and brings a website that nobody here has linked to: so does who, or what,
 * writes comments for the link above them. So do some people, so it holds, whatever it weighs.
 */
export const pageWords: Rule = ({ history, pinned, website, newHosts, links, title, folded }) => {
  if (website === null || history.approved > 0 || pinned === 'trusted') return null
  const host = hostsOf(website).find((one) => newHosts.includes(one))
  // Who links to something in the text has another reason to write.
  if (host === undefined || links.length > 1) return null
  const asked = contentWords([...new Set(wordsIn(fold(title)))])
  const said = [...new Set(wordsIn(folded))]
  const words = asked.filter((word) => said.some((other) => isSame(word, other)))
  if (words.length < least.words || words.length < least.share * asked.length) return null
  return { code: 'page_words', weight: 0, params: { words: words.slice(0, mostNamed), host } }
}

/** Whether words are the same but for an ending. */
const isSame = (one: string, other: string) =>
  one === other || (one.length > 4 && other.startsWith(one.slice(0, Math.max(4, one.length - 2))))
