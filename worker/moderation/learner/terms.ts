import { contentWords } from '../text/contentWords.ts'
import { wordsIn } from '../text/words.ts'
import { type Byline, websiteHost } from './byline.ts'
import { featuresOf, values, wordBucket } from './features.ts'
import type { Model } from './model.ts'
import { logOdds } from './regression.ts'

/** Terms named, and the candidates weighed for them. */
const named = 3
const weighed = 8

/** Log-odds from which a website is a reason. */
const telling = 0.5

/** How much of a text is looked at, in UTF-16 units: reasons are to be read. */
const lookedAt = 300

/**
 * Words without which a text would look least like what it looks like: towards spam (1) or towards
 * fine (-1), the strongest first. Each candidate is left out in turn. Only words that a person would name are candidates.
 */
export function strongestTerms({ weights }: Model, folded: string, way: 1 | -1): string[] {
  const text = folded.slice(0, lookedAt)
  const whole = featuresOf(text, 0)
  const value = values(whole).word
  const estimate = (word: string) => way * value * (weights.buckets[wordBucket(word)] as number)
  const candidates = contentWords([...new Set(wordsIn(text))])
    .toSorted((one, other) => estimate(other) - estimate(one))
    .slice(0, weighed)
  const score = logOdds(weights, whole)
  return candidates
    .map((word) => {
      const without = text.replaceAll(word, ' ').replace(/\s+/g, ' ').trim()
      return { word, effect: way * (score - logOdds(weights, featuresOf(without, 0))) }
    })
    .filter(({ effect }) => effect > 0)
    .toSorted((one, other) => other.effect - one.effect)
    .slice(0, named)
    .map(({ word }) => word)
}

/** The same with the website before them, where the byline has added as much to the score as tells. */
export function withWebsite(terms: string[], byline: Byline | null, byByline: number): string[] {
  const host = byByline < telling || byline === null ? null : websiteHost(byline)
  return host === null ? terms : [host, ...terms].slice(0, named)
}
