import { fromBase64, toBase64 } from '../text/bytes.ts'
import { buckets } from './features.ts'
import type { Label, Reading } from './lessons.ts'
import { ofByline } from './markers.ts'
import type { Ground } from './newPages.ts'
import { logOdds, shownBy, type Weights } from './regression.ts'
import type { Spread } from './thresholds.ts'

/** Decisions, and decisions of each class, before the learner may decide anything. */
export const least = { decisions: 100, ofEach: 15 } as const

/** A part must look this much worse than the whole to count, in log-odds. */
const partHandicap = 1

/** What is known of languages: a bit a bucket, set where enough lessons have the word or the n-gram. */
export interface Known {
  knownWords: Uint8Array
  knownGrams: Uint8Array
}

/** What scores comments. A mean of the folds' weights, as bytes. */
export interface Model extends Known {
  weights: Weights
  slope: number
  offset: number
  /** How all that comes lies, and how much people's decisions of each class count in it. */
  spreads: Record<Label, Spread & { decided: number }>
  /** People's decisions in it. */
  decisions: number
  /** Comments refused for other reasons than advertising, as far as its guard knows them; missing where an earlier release made it. */
  refused?: number
  ground: Ground
  /** Decisions of each class by writing system, each at its weight. */
  scripts: Record<string, Record<Label, number>>
  /** A bit a bucket, set where enough fine lessons have the word or the n-gram. */
  ofFine: Uint8Array
}

/** What weights say of a text: of the whole, or of its worst part where that is much worse. */
export function rawScore(weights: Weights, { whole, parts }: Reading): number {
  const worst = Math.max(...parts.map((part) => logOdds(weights, part)), Number.NEGATIVE_INFINITY)
  return Math.max(logOdds(weights, whole), worst - partHandicap)
}

/** Log-odds of spam, calibrated on the site's own decisions. */
export const scoreOf = (model: Pick<Model, 'weights' | 'slope' | 'offset'>, reading: Reading) =>
  model.slope * rawScore(model.weights, reading) + model.offset

/** How much of that score is by the byline, of a text's signs. */
export const bylineScoreOf = ({ slope, weights }: Model, signs: number) =>
  slope * shownBy(weights.signs, ofByline(signs))

/** The same of the whole text alone. */
export const wholeScoreOf = (model: Model, { whole }: Reading) =>
  model.slope * logOdds(model.weights, whole) + model.offset

/** How many decisions all together, and of each class, a model still needs. */
export function needs(model: Pick<Model, 'decisions' | 'spreads'> | null) {
  const missing = (label: Label) =>
    Math.max(0, Math.ceil(least.ofEach - (model?.spreads[label].decided ?? 0) - 1e-6))
  return {
    decisions: Math.max(0, least.decisions - (model?.decisions ?? 0)),
    fine: missing('fine'),
    spam: missing('spam'),
  }
}

/** Whether a model has learnt from as many decisions as it needs to decide by itself. */
export function isReady(model: Model | null): boolean {
  const missing = needs(model)
  return missing.decisions + missing.fine + missing.spam === 0
}

/** The form of what is written. Of another one a model is made anew. */
const form = 4

type Bits = 'knownWords' | 'knownGrams' | 'ofFine'

interface WrittenWeights {
  buckets: string
  scale: number
  signs: number[]
  bias: number
}

interface Written extends WrittenWeights, Omit<Model, 'weights' | Bits> {
  form: number
  knownWords: string
  knownGrams: string
  ofFine: string
}

/** Weights as they are kept: a byte each. */
export function writeWeights(weights: Weights): WrittenWeights {
  let most = 1e-9
  for (let bucket = 0; bucket < buckets; bucket++)
    most = Math.max(most, Math.abs(weights.buckets[bucket] as number))
  const scale = most / 127
  const bytes = new Int8Array(buckets)
  for (let bucket = 0; bucket < buckets; bucket++)
    bytes[bucket] = Math.round((weights.buckets[bucket] as number) / scale)
  return { buckets: toBase64(bytes), scale, signs: [...weights.signs], bias: weights.bias }
}

/** The weights that `writeWeights` wrote. */
export function readWeights({ buckets: bytes, scale, signs, bias }: WrittenWeights): Weights {
  const signed = new Int8Array(fromBase64(bytes).buffer)
  const weights = new Float32Array(buckets)
  for (let bucket = 0; bucket < buckets; bucket++) weights[bucket] = (signed[bucket] as number) * scale
  return { buckets: weights, signs: Float32Array.from(signs), bias }
}

/** A model as it is kept. */
export const write = ({ weights, knownWords, knownGrams, ofFine, ...rest }: Model): string =>
  JSON.stringify({
    form,
    ...rest,
    ...writeWeights(weights),
    knownWords: toBase64(knownWords),
    knownGrams: toBase64(knownGrams),
    ofFine: toBase64(ofFine),
  } satisfies Written)

/** The model that `write` wrote; null where an earlier release did. */
export function readModel(text: string): Model | null {
  const {
    form: written,
    buckets: bytes,
    scale,
    signs,
    bias,
    knownWords,
    knownGrams,
    ofFine,
    ...rest
  }: Written = JSON.parse(text)
  if (written !== form) return null
  return {
    ...rest,
    weights: readWeights({ buckets: bytes, scale, signs, bias }),
    knownWords: fromBase64(knownWords),
    knownGrams: fromBase64(knownGrams),
    ofFine: fromBase64(ofFine),
  }
}
