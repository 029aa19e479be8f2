import { sequence, shuffle } from '../../moderation/learner/regression.ts'
import type { Sample } from './sample.ts'

/** What a site gets, where that is other than the corpus as it is. */
export interface Mixture {
  /** The share of spam, or as it is. */
  spamShare?: number | undefined
  /** Decided texts in another language: their spam comes in place of the corpus's own. */
  foreign?: { file: string; samples: Sample[] } | undefined
}

/** The same in random order. */
export function shuffled<Item>(items: Item[], random: () => number): Item[] {
  const copy = [...items]
  shuffle(copy, random)
  return copy
}

/** The comments of a site in random order: all that is no spam, and as much spam as asked for, or as there is. */
export function streamOf(samples: Sample[], { spamShare, foreign }: Mixture, seed: number): Sample[] {
  const random = sequence(seed)
  if (spamShare === undefined && !foreign) return shuffled(samples, random)
  const fine = shuffled(
    samples.filter(({ label }) => label === 'fine'),
    random,
  )
  const spam = shuffled(
    (foreign?.samples ?? samples).filter(({ label }) => label === 'spam'),
    random,
  )
  if (spamShare === undefined) return shuffled([...fine, ...spam], random)
  const wanted = Math.round((fine.length * spamShare) / (1 - spamShare))
  const kept = Math.min(wanted, spam.length)
  const room = Math.round((kept * (1 - spamShare)) / spamShare)
  return shuffled([...fine.slice(0, wanted > kept ? room : fine.length), ...spam.slice(0, kept)], random)
}
