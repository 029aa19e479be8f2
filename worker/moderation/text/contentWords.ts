import { functionWords } from './functionWords.ts'

/** Letters of which two can be a word that says something; of others it takes three. */
const dense = /[\p{Script=Han}\p{Script=Katakana}\p{Script=Hangul}]/u
const latin = /\p{Script=Latin}/u

/** Parts of addresses and of markup: a link is named by its own finding. */
const ofAddresses = new Set('http https www com net org html htm php href nbsp amp quot utm'.split(' '))

interface Lists {
  /** One of each language in Latin letters: what is an article in one is a noun in another. */
  latin: Set<string>[]
  others: Set<string>
}
let lists: Lists | undefined

function readLists(): Lists {
  const lines = functionWords.trim().split('\n')
  const words = lines.map((line) => new Set(line.split(' ')))
  const isLatin = (list: Set<string>) => latin.test([...list].join(''))
  return {
    latin: words.filter(isLatin),
    others: new Set(words.flatMap((list) => (isLatin(list) ? [] : [...list]))),
  }
}

/**
 * Those of a text's folded words that a person would name when asked what it is about: words of letters, long enough
 * for their script, that do not only hold sentences together in the language that the text seems to be in.
 */
export function contentWords(words: string[]): string[] {
  lists ??= readLists()
  const hits = lists.latin.map((list) => words.filter((word) => list.has(word)).length)
  const spoken = lists.latin[hits.indexOf(Math.max(...hits))]
  const { others } = lists
  return words.filter(
    (word) =>
      /\p{L}/u.test(word) &&
      word.length >= (dense.test(word) ? 2 : 3) &&
      !ofAddresses.has(word) &&
      !others.has(word) &&
      !spoken?.has(word),
  )
}
