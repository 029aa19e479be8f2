import { fromBase64, toBase64 } from '../text/bytes.ts'
import type { Placed } from './arcs.ts'
import { buckets } from './features.ts'
import { noSums, type Sums } from './fit.ts'
import { type Reading, readingOf } from './lessons.ts'
import { type Descent, noWeights, type Weights } from './regression.ts'

const { buckets: ofBuckets, signs: ofSigns } = noWeights()

/** How many numbers weights are: those of buckets and signs, and the intercept. Another release may have other signs. */
export const form = ofBuckets.length + ofSigns.length + 1

function put({ buckets, signs, bias }: Weights, to: Float32Array): void {
  to.set(buckets)
  to.set(signs, buckets.length)
  to[form - 1] = bias
}

const weightsIn = (from: Float32Array): Weights => ({
  buckets: from.subarray(0, buckets),
  signs: from.subarray(buckets, form - 1),
  bias: from[form - 1] as number,
})

/** A descent as text, from which it comes back bit by bit. */
export function writeDescent({ weights, past }: Descent): string {
  const all = new Float32Array(2 * form)
  put(weights, all.subarray(0, form))
  put(past, all.subarray(form))
  return toBase64(all)
}

export function readDescent(text: string): Descent {
  const all = new Float32Array(fromBase64(text).buffer)
  return { weights: weightsIn(all.subarray(0, form)), past: weightsIn(all.subarray(form)) }
}

/** Sums as text; nothing yet is none. */
export function writeSums({ mean, counts }: Sums): string {
  const all = new Float32Array(form)
  put(mean, all)
  return [all, counts.words, counts.grams, counts.ofFine].map(toBase64).join(' ')
}

export function readSums(text: string): Sums {
  if (text === '') return noSums()
  const [mean, words, grams, ofFine] = text.split(' ').map((one) => fromBase64(one).buffer) as [
    ArrayBuffer,
    ArrayBuffer,
    ArrayBuffer,
    ArrayBuffer,
  ]
  return {
    mean: weightsIn(new Float32Array(mean)),
    counts: { words: new Uint16Array(words), grams: new Uint16Array(grams), ofFine: new Uint16Array(ofFine) },
  }
}

/** An arc as it is kept; in `wholes` and `parts` each lesson by its rank in the arc, in no order. */
export interface WrittenArc {
  /** As JSON. */
  lessons: string
  wholes: string
  parts: string | null
}

/** An arc's lessons, and what their texts say. */
export function readArc({ lessons, wholes, parts }: WrittenArc): [Placed[], Reading[]] {
  const placed: Placed[] = JSON.parse(lessons)
  const texts: string[] = placed.map(() => '')
  for (const told of [wholes, parts ?? '']) {
    for (const one of told === '' ? [] : told.split(',')) {
      const space = one.indexOf(' ')
      const rank = Number(one.slice(0, space))
      texts[rank] = `${texts[rank]} ${one.slice(space + 1)}`
    }
  }
  return [placed, texts.map((text) => readingOf(text.trim()))]
}

/** Scores of so many lessons as text; nothing yet is none. */
export const writeScores = (scores: Float32Array) => toBase64(scores)
export const readScores = (text: string, lessons: number) =>
  text === '' ? new Float32Array(lessons) : new Float32Array(fromBase64(text).buffer)
