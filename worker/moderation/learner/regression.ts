import { buckets, type Features, values } from './features.ts'
import { signNames } from './markers.ts'

/** What a sign counts beside the text's vector, which has unit length. */
const signValue = 0.5

const rate = 0.3
const decay = 1e-3

/** An example this close to its label teaches nothing more. */
const known = 0.02

/** The intercept stays within this, so that a one-sided history alone condemns or clears nothing. */
const mostBias = 1

/** A linear model of the log-odds of spam: a weight a bucket and a sign, and the intercept. */
export interface Weights {
  buckets: Float32Array
  signs: Float32Array
  bias: number
}

/** An example to learn from; the label is 1 for spam and 0 for fine. */
export interface Example {
  features: Features
  label: 0 | 1
  /** How much it counts. */
  weight: number
}

/** Weights on their way down the slope, with the squares of all gradients so far. */
export interface Descent {
  weights: Weights
  past: Weights
}

export const noWeights = (): Weights => ({
  buckets: new Float32Array(buckets),
  signs: new Float32Array(signNames.length),
  bias: 0,
})

/** The log-odds of spam; with the values of another text, what features add to that of the text they are of. */
export function logOdds(
  { buckets, signs, bias }: Weights,
  features: Features,
  value = values(features),
): number {
  const words = sumOf(buckets, features.words) + sumOf(buckets, features.pairs)
  return (
    bias + sumOf(buckets, features.grams) * value.gram + words * value.word + shownBy(signs, features.signs)
  )
}

function sumOf(weights: Float32Array, found: Uint16Array): number {
  let sum = 0
  for (let at = 0; at < found.length; at++) sum += weights[found[at] as number] as number
  return sum
}

/** What the signs of a mask add to the log-odds. */
export function shownBy(weights: Float32Array, mask: number): number {
  let shown = 0
  for (let sign = 0; sign < weights.length; sign++) if ((mask >>> sign) & 1) shown += weights[sign] as number
  return shown * signValue
}

/**
 * Takes a step of logistic regression by stochastic gradient descent, with a learning rate of its own for each
 * weight (AdaGrad: Duchi, Hazan, Singer, 2011) and L2 penalty.
 */
export function step({ weights, past }: Descent, { features, label, weight }: Example): void {
  const surprise = 1 / (1 + Math.exp(-logOdds(weights, features))) - label
  if (Math.abs(surprise) < known) return
  const error = surprise * weight
  const value = values(features)
  descend(weights.buckets, past.buckets, features.grams, error * value.gram)
  descend(weights.buckets, past.buckets, features.words, error * value.word)
  descend(weights.buckets, past.buckets, features.pairs, error * value.word)
  for (let sign = 0; sign < weights.signs.length; sign++) {
    if (((features.signs >>> sign) & 1) === 0) continue
    const gradient = error * signValue + decay * (weights.signs[sign] as number)
    past.signs[sign] = (past.signs[sign] as number) + gradient * gradient
    weights.signs[sign] =
      (weights.signs[sign] as number) - (rate * gradient) / Math.sqrt((past.signs[sign] as number) + 1e-8)
  }
  past.bias = Math.fround(past.bias + error * error)
  const bias = weights.bias - (rate * error) / Math.sqrt(past.bias + 1e-8)
  weights.bias = Math.fround(Math.max(-mostBias, Math.min(mostBias, bias)))
}

function descend(weights: Float32Array, past: Float32Array, found: Uint16Array, slope: number): void {
  for (let at = 0; at < found.length; at++) {
    const bucket = found[at] as number
    const gradient = slope + decay * (weights[bucket] as number)
    const square = (past[bucket] as number) + gradient * gradient
    past[bucket] = square
    weights[bucket] = (weights[bucket] as number) - (rate * gradient) / Math.sqrt(square + 1e-8)
  }
}

const step32 = 0x6d2b79f5

/** A number from 0 to 1 that looks random and is always the same for a seed: the first of its `sequence`. */
export function mixed(seed: number): number {
  const state = (seed + step32) >>> 0
  let bits = Math.imul(state ^ (state >>> 15), 1 | state)
  bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits
  return ((bits ^ (bits >>> 14)) >>> 0) / 4_294_967_296
}

/** Numbers from 0 to 1 that look random and are always the same for a seed (mulberry32). */
export function sequence(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    const number = mixed(state)
    state = (state + step32) >>> 0
    return number
  }
}

/** Shuffles in place (Fisher and Yates). */
export function shuffle<Item>(items: Item[], random: () => number): void {
  for (let last = items.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    const item = items[last] as Item
    items[last] = items[other] as Item
    items[other] = item
  }
}
