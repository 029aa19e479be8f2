import type { Band } from '../contract.ts'
import { wordBucket, wordsOf } from './features.ts'
import { fold, longestRead } from './fold.ts'
import { read } from './lessons.ts'
import { least, type Model, scoreOf } from './model.ts'
import { scriptOf } from './scripts.ts'
import { strongestTerms } from './terms.ts'
import type { Thresholds } from './thresholds.ts'

/** A text whose known words are a smaller share than this is left to people. */
const leastCoverage = 0.35

/** What a model says of a text. */
export interface Opinion {
  band: Band
  score: number
  /** Between 0, as certain as can be, and 1, on the fence; half where it has not learnt. */
  doubt: number
  terms: string[]
}

/** Reads a text as it was posted, with the fold of it where that is known. Pure. */
export function judge(model: Model, thresholds: Thresholds, text: string, folded = fold(text)): Opinion {
  const score = scoreOf(model, read(text, folded))
  if (!hasLearnt(model, folded)) return { band: 'unlearnt', score, doubt: 0.5, terms: [] }
  const found = bandOf(score, thresholds)
  // Nothing is known of what was not read.
  const band = found === 'fine' && text.length > longestRead ? 'unsure' : found
  const terms = strongestTerms(model, folded, band === 'fine' ? -1 : 1)
  return { band, score, doubt: 1 / (1 + Math.abs(score - (thresholds.fine + thresholds.spam) / 2)), terms }
}

/** The band of a score. */
export const bandOf = (score: number, { fine, spam }: Thresholds): Exclude<Band, 'unlearnt'> =>
  score < fine ? 'fine' : score > spam ? 'spam' : 'unsure'

/**
 * Whether enough was decided in a text's writing system, and enough of its words are known, for
 * its score to mean anything: evidence is missing of a language not seen, not against spam in it.
 */
export function hasLearnt({ scripts, known }: Pick<Model, 'scripts' | 'known'>, folded: string): boolean {
  const decided = scripts[scriptOf(folded)]
  if (!decided || Math.min(decided.fine, decided.spam) < least.ofEach - 1e-6) return false
  const words = new Set(wordsOf(folded).map(wordBucket))
  let found = 0
  for (const bucket of words) if (((known[bucket >> 3] as number) >> (bucket & 7)) & 1) found++
  return words.size > 0 && found >= leastCoverage * words.size
}
