import type { Script } from '../text/scripts.ts'
import { gramsOfSize, wordBuckets } from './features.ts'
import type { Known, Model } from './model.ts'

/**
 * The size of the n-grams that tell a language, by script: two letters where a letter is a syllable or a word, three
 * where vowels are left out, else four. So a word that bends its ends or takes particles along is known by its parts.
 */
const sizes: Partial<Record<Script, number>> = {
  ...{ Hangul: 2, Han: 2, Japanese: 2 },
  ...{ Arabic: 3, Hebrew: 3, Thai: 3 },
}
const usual = 4

/** A smaller share says that a language is not known. Of pairs of letters a text has more that nobody wrote before. */
const least = {
  whole: { pairs: 0.16, longer: 0.35 },
  part: { pairs: 0.12, longer: 0.3 },
  /** Where all that was ever decided in the script is of one class. */
  oneSided: { pairs: 0.05, longer: 0.12 },
  fine: { pairs: 0.12, longer: 0.25 },
} as const

const leastOf = (what: keyof typeof least, script: Script) =>
  least[what][sizes[script] === 2 ? 'pairs' : 'longer']

/** Whether a folded text, or a part of one, is in a language that is known. */
export const isLanguageKnown = (
  { knownWords, knownGrams }: Known,
  folded: string,
  script: Script,
  what: 'whole' | 'part' | 'oneSided' = 'whole',
): boolean => coverage(knownWords, knownGrams, folded, script) >= leastOf(what, script)

/** Whether fine lessons alone know enough of it: else its language may be one of spam alone. */
export const isLanguageOfFine = (
  { ofFine }: Pick<Model, 'ofFine'>,
  folded: string,
  script: Script,
): boolean => coverage(ofFine, ofFine, folded, script) >= leastOf('fine', script)

/**
 * The share of a text that is known. Words tell a language that bends few of them, and n-grams, which count twice, one
 * that bends many: neither alone tells languages of both kinds from those like them.
 */
const coverage = (words: Uint8Array, grams: Uint8Array, folded: string, script: Script): number =>
  (shareIn(words, wordBuckets(folded)) + 2 * shareIn(grams, gramsOfSize(folded, sizes[script] ?? usual))) / 3

/** The share of buckets whose bit is set; 0 of none. */
function shareIn(bits: Uint8Array, buckets: Uint16Array): number {
  let found = 0
  for (const bucket of buckets) if (((bits[bucket >> 3] as number) >> (bucket & 7)) & 1) found++
  return buckets.length === 0 ? 0 : found / buckets.length
}
