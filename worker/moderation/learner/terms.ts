import { contentWords } from '../text/contentWords.ts'
import { wordsIn } from '../text/words.ts'
import { type Byline, websiteHost } from './byline.ts'
import { featuresOf, values } from './features.ts'
import type { Model } from './model.ts'
import { logOdds } from './regression.ts'

/** Terms named. */
const named = 3

/** Log-odds from which a website is a reason. */
const telling = 0.5

/** How much of a text is looked at, in UTF-16 units: reasons are to be read. */
const lookedAt = 300

/**
 * Words that make a text look most like what it looks like: towards spam (1) or towards fine (-1), the strongest first,
 * each by what its letters and itself add to the score. Only words that a person would name are named.
 */
export function strongestTerms({ weights }: Pick<Model, 'weights'>, folded: string, way: 1 | -1): string[] {
  const text = folded.slice(0, lookedAt)
  const value = values(featuresOf(text, 0))
  const none = logOdds(weights, featuresOf('', 0), value)
  const effectOf = (word: string) => way * (logOdds(weights, featuresOf(` ${word} `, 0), value) - none)
  return contentWords([...new Set(wordsIn(text))])
    .map((word) => ({ word, effect: effectOf(word) }))
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
