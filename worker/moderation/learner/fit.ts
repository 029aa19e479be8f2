import { type Arc, folds, type Placed } from './arcs.ts'
import { buckets, type Features } from './features.ts'
import type { Reading } from './lessons.ts'
import { rawScore } from './model.ts'
import { type Descent, type Example, noWeights, step, type Weights } from './regression.ts'

/** How often an arc's features are read, at most, where it is learnt twice, and where it is scored part by part. */
const readings = { learn: 2, score: 3 } as const

/**
 * What is done at a time: an arc is learnt by the model at a depth, or scored by the one that left it out. The first
 * of several begins with the model above, or ends with that one.
 */
export interface Unit {
  act: 'learn' | 'score'
  /** From 1: how many models a model is made by way of. */
  depth: number
  arc: number
  isFirst: boolean
}

/**
 * All units of a fit, in order. The models that leave out a fold each share what they learn: one half of the folds is
 * learnt once for all that leave out a fold of the other, and so on within each half (TreeCV: Joulani, György,
 * Szepesvári, 2015). So a lesson is learnt by four models, and not by fifteen.
 */
export function unitsOf(arcs: Pick<Arc, 'fold'>[]): Unit[] {
  const units: Unit[] = []
  const add = (act: Unit['act'], depth: number, from: number, to: number) => {
    const own = [...arcs.keys()].filter((arc) => isWithin(arcs[arc]?.fold as number, from, to))
    units.push(...own.map((arc, at) => ({ act, depth, arc, isFirst: at === 0 })))
  }
  const visit = (depth: number, from: number, to: number) => {
    if (to - from === 1) return add('score', depth, from, to)
    const middle = (from + to) / 2
    add('learn', depth + 1, middle, to)
    visit(depth + 1, from, middle)
    add('learn', depth + 1, from, middle)
    visit(depth + 1, middle, to)
  }
  visit(0, 0, folds)
  return units
}

const isWithin = (fold: number, from: number, to: number) => fold >= from && fold < to

/** Features that a unit reads, about. */
export const costOf = ({ act, arc }: Unit, arcs: Pick<Arc, 'size'>[]) =>
  readings[act] * (arcs[arc]?.size as number)

/** Features that are read in a slice, about. A program that has just started takes several times as long for each. */
const mostRead = { cold: 120_000, warm: 600_000 } as const

/** After so many slices a program is compiled that does them. */
const coldSlices = 12

/**
 * The units that are done in one slice from a place on: at least one.
 *
 * @param before slices that the program has done since it started
 */
export function sliceOf(units: Unit[], arcs: Pick<Arc, 'size'>[], from: number, before: number): Unit[] {
  const most = before < coldSlices ? mostRead.cold : mostRead.warm
  let to = from
  let cost = 0
  do cost += costOf(units[to++] as Unit, arcs)
  while (to < units.length && cost + costOf(units[to] as Unit, arcs) <= most)
  return units.slice(from, to)
}

/** How many slices these units take in a program that has run for a while. */
export function slicesOf(units: Unit[], arcs: Pick<Arc, 'size'>[]): number {
  let slices = 0
  for (let from = 0; from < units.length; slices++) from += sliceOf(units, arcs, from, coldSlices).length
  return slices
}

/** Depths whose models these units need from those before. */
export function depthsFor(units: Unit[]): Set<number> {
  const [needed, made] = [new Set<number>(), new Set([0])]
  for (const { act, depth, isFirst } of units) {
    const begins = act === 'learn' && isFirst
    const from = begins ? depth - 1 : depth
    if (!made.has(from)) needed.add(from)
    made.add(depth)
  }
  return needed
}

/** A fit on its way. */
export interface Fit {
  /** The models by depth, as far as they are needed; none at 0. */
  descents: Descent[]
  sums: Sums
  /** By lesson, what the model says that left it out, not calibrated. */
  scores: Float32Array
}

/** What is added up of all models and lessons. */
export interface Sums {
  mean: Weights
  counts: Counts
}

/** By bucket, how many lessons have a word or an n-gram, and how many fine ones have either. */
export type Counts = Record<'words' | 'grams' | 'ofFine', Uint16Array>

export const noSums = (): Sums => ({
  mean: noWeights(),
  counts: {
    words: new Uint16Array(buckets),
    grams: new Uint16Array(buckets),
    ofFine: new Uint16Array(buckets),
  },
})

export const newFit = (lessons: number): Fit => ({
  descents: [],
  sums: noSums(),
  scores: new Float32Array(lessons),
})

/** Does a unit, with the readings of its arc's lessons. */
export function work(fit: Fit, { act, depth, isFirst }: Unit, lessons: Placed[], read: Reading[]): void {
  if (act === 'score') score(fit, { depth, isFirst }, lessons, read)
  else learn(fit, { depth, isFirst }, lessons, read)
}

function learn(
  { descents }: Fit,
  { depth, isFirst }: Omit<Unit, 'act' | 'arc'>,
  lessons: Placed[],
  read: Reading[],
) {
  if (isFirst) descents[depth] = copyOf(descents[depth - 1])
  const descent = descents[depth] as Descent
  const examples = lessons.map(
    ([, label, weight], at): Example => ({ features: (read[at] as Reading).whole, label, weight }),
  )
  for (const example of examples) step(descent, example)
  for (const example of examples.reverse()) step(descent, example)
}

function score(
  { descents, sums, scores }: Fit,
  { depth, isFirst }: Omit<Unit, 'act' | 'arc'>,
  lessons: Placed[],
  read: Reading[],
) {
  const { weights } = descents[depth] as Descent
  if (isFirst) addTo(sums.mean, weights, 1 / folds)
  for (const [place, [at, label]] of lessons.entries()) {
    const reading = read[place] as Reading
    scores[at] = rawScore(weights, reading)
    count(sums.counts, label, reading.whole)
  }
}

function count({ words, grams, ofFine }: Counts, label: 0 | 1, whole: Features): void {
  for (const [counts, found] of [
    [words, whole.words],
    [grams, whole.grams],
  ] as const) {
    for (let at = 0; at < found.length; at++) {
      const bucket = found[at] as number
      counts[bucket] = (counts[bucket] as number) + 1
      if (label === 0) ofFine[bucket] = (ofFine[bucket] as number) + 1
    }
  }
}

const copyOf = (descent: Descent | undefined): Descent =>
  descent
    ? { weights: copied(descent.weights), past: copied(descent.past) }
    : { weights: noWeights(), past: noWeights() }

const copied = ({ buckets, signs, bias }: Weights): Weights => ({
  buckets: buckets.slice(),
  signs: signs.slice(),
  bias,
})

function addTo(sum: Weights, { buckets, signs, bias }: Weights, share: number): void {
  for (let at = 0; at < buckets.length; at++)
    sum.buckets[at] = (sum.buckets[at] as number) + share * (buckets[at] as number)
  for (let at = 0; at < signs.length; at++)
    sum.signs[at] = (sum.signs[at] as number) + share * (signs[at] as number)
  sum.bias = Math.fround(sum.bias + share * bias)
}
