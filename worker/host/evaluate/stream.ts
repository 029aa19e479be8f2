import { sequence, shuffle } from '../../moderation/learner/regression.ts'
import { Refusal } from '../terminal.ts'
import type { Sample } from './sample.ts'

/** What a site gets, where that is other than the corpus as it is. */
export interface Mixture {
  /** The share of spam, or as it is. */
  spamShare?: number | undefined
  /** Decided texts in another language: their spam comes in place of the corpus's own. */
  foreign?: Sample[] | undefined
}

/** The comments of a site in random order: all that is not spam, and as much spam as asked for, or as there is. */
export function streamOf(samples: Sample[], { spamShare, foreign }: Mixture, seed: number): Sample[] {
  const random = sequence(seed)
  const shuffled = (some: Sample[]) => {
    const copy = [...some]
    shuffle(copy, random)
    return copy
  }
  const fine = shuffled(samples.filter(({ label }) => label === 'fine'))
  const spam = shuffled((foreign ?? samples).filter(({ label }) => label === 'spam'))
  if (spamShare === undefined) return shuffled([...fine, ...spam])
  const wanted = Math.round((fine.length * spamShare) / (1 - spamShare))
  const kept = Math.min(wanted, spam.length)
  const room = Math.round((kept * (1 - spamShare)) / spamShare)
  return shuffled([...fine.slice(0, wanted > kept ? room : fine.length), ...spam.slice(0, kept)])
}

/** A share on the command line, of which `least` is the least. */
export function shareOf(text: string | undefined, name: string, { least }: { least: number }) {
  if (text === undefined) return undefined
  const share = Number(text)
  if (text.trim() === '' || !(share >= least && share < 1))
    throw new Refusal(`--${name} takes a share such as 0.05, not "${text}".`)
  return share
}
