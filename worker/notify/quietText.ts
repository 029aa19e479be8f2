import { plainTitle } from '../contract/pageTitle.ts'

/** Code points of what a reader wrote that a message quotes. */
const mostQuoted = 300

/**
 * What a reader wrote, as a message may quote it: one line, of so many code points at most, in which no program finds a
 * link, a mention or a command. Marks that nobody sees part what would be one.
 */
export function quietText(text: string, most = mostQuoted): string {
  const letters = [...plainTitle(text.toWellFormed().slice(0, 4 * most))]
  const short = letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : letters.join('')
  return short.replace(/([@#/!<:`])(?=\S)|(?<=\S)(\.)(?=\S)/gu, '$&\u2060')
}
