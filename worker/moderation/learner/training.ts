import { buckets } from './features.ts'
import { type Lesson, weightsOf } from './lessons.ts'
import { type Model, rawScore } from './model.ts'
import { mixed, noWeights, regress, type Weights } from './regression.ts'
import { calibrate, type Scored, spreadOf } from './thresholds.ts'

/** Most recent lessons that a model is made of, so that making it stays within its time. */
export const mostLessons = 1000

/** Models that together make the one that scores; each leaves a part of the lessons out. Of few lessons, less. */
const foldsOf = (lessons: Lesson[]) => (lessons.length < 300 ? 20 : 10)

/** What a model is while it is made, one fold after the other. */
export interface Work {
  fold: number
  /** Sum of the weights so far. */
  sum: Weights
  /** By lesson: its score by the fold that left it out. */
  scores: Float32Array
}

/** Nothing done yet. */
export const noWork = (lessons: Lesson[]): Work => ({
  fold: 0,
  sum: noWeights(),
  scores: new Float32Array(lessons.length),
})

/** Whether all folds are done. */
export const isDone = ({ fold }: Work, lessons: Lesson[]) => fold === foldsOf(lessons)

/** The cost of one fold, in features read: what a slice of work is measured by. */
export const costOf = (lessons: Lesson[]) =>
  lessons.reduce(
    (sum, { reading: { whole } }) => sum + whole.grams.length + whole.words.length + whole.pairs.length,
    0,
  )

/** Does the next fold. The lessons must be the same, in the same order, until the last. */
export function advance({ fold, sum, scores }: Work, lessons: Lesson[]): Work {
  const folds = foldsOf(lessons)
  const left = placesOf(lessons)
  const importance = weightsOf(lessons)
  const examples = lessons.flatMap(({ seq, reading, label }, at) =>
    left[at] === fold
      ? []
      : [
          {
            key: seq * folds + fold,
            features: reading.whole,
            label: label === 'spam' ? (1 as const) : (0 as const),
            weight: importance[at] as number,
          },
        ],
  )
  const weights = regress(examples)
  const next = scores.slice()
  for (const [at, lesson] of lessons.entries())
    if (left[at] === fold) next[at] = rawScore(weights, lesson.reading)
  return { fold: fold + 1, sum: add(sum, weights), scores: next }
}

/**
 * Lessons of texts nearly alike share a fold, so that none is scored by a model that knows its twin. Which
 * one, the first of them says that is there.
 */
function placesOf(lessons: Lesson[]): number[] {
  const folds = foldsOf(lessons)
  const first = new Map<number, number>()
  for (const { cluster, seq } of lessons) if (!first.has(cluster)) first.set(cluster, seq)
  return lessons.map(({ cluster }) => Math.floor(mixed(first.get(cluster) as number) * folds))
}

function add(sum: Weights, { buckets, signs, bias }: Weights): Weights {
  return {
    buckets: sum.buckets.map((value, at) => value + (buckets[at] as number)),
    signs: sum.signs.map((value, at) => value + (signs[at] as number)),
    bias: sum.bias + bias,
  }
}

/** The model that the finished work makes. */
export function finish({ sum, scores }: Work, lessons: Lesson[]): Model {
  const folds = foldsOf(lessons)
  const importance = weightsOf(lessons)
  const scored = lessons.map(
    ({ label }, at): Scored => ({ label, score: scores[at] as number, weight: importance[at] as number }),
  )
  const { slope, offset } = calibrate(scored)
  const calibrated = scored.map((one) => ({ ...one, score: slope * one.score + offset }))
  return {
    weights: {
      buckets: sum.buckets.map((value) => value / folds),
      signs: sum.signs.map((value) => value / folds),
      bias: sum.bias / folds,
    },
    slope,
    offset,
    spreads: { fine: spreadOf(calibrated, 'fine'), spam: spreadOf(calibrated, 'spam') },
    decisions: lessons.length,
    scripts: scriptsOf(lessons, importance),
    known: knownOf(lessons),
    shared: sharedOf(lessons),
  }
}

function scriptsOf(lessons: Lesson[], importance: number[]): Model['scripts'] {
  const scripts: Model['scripts'] = {}
  for (const [at, { script, label }] of lessons.entries()) {
    scripts[script] ??= { fine: 0, spam: 0 }
    scripts[script][label] += importance[at] as number
  }
  return scripts
}

/** A word is known when so many lessons have it: more where there are more lessons. */
function knownOf(lessons: Lesson[], besides = 0): Uint8Array {
  const enough = 1 + besides + Math.floor(lessons.length / 200)
  const counts = countsOf(lessons)
  return bitsOf((bucket) => (counts[bucket] as number) >= enough)
}

/** Words that lessons of both classes have. */
function sharedOf(lessons: Lesson[]): Uint8Array {
  const fine = countsOf(lessons.filter(({ label }) => label === 'fine'))
  const spam = countsOf(lessons.filter(({ label }) => label === 'spam'))
  return bitsOf((bucket) => Math.min(fine[bucket] as number, spam[bucket] as number) > 0)
}

function countsOf(lessons: Lesson[]): Uint16Array {
  const counts = new Uint16Array(buckets)
  for (const { reading } of lessons) for (const bucket of reading.whole.words) (counts[bucket] as number)++
  return counts
}

function bitsOf(isSet: (bucket: number) => boolean): Uint8Array {
  const bits = new Uint8Array(buckets / 8)
  for (let bucket = 0; bucket < buckets; bucket++)
    if (isSet(bucket)) bits[bucket >> 3] = (bits[bucket >> 3] as number) | (1 << (bucket & 7))
  return bits
}

/** The words that would be known of a lesson if it were none itself. */
export const knownBesides = (lessons: Lesson[]) => knownOf(lessons, 1)

/** What the finished work says of each lesson by its comment's `seq`, as the model's scores are calibrated. */
export const calibrated = ({ slope, offset }: Model, { scores }: Work, lessons: Lesson[]) =>
  Object.fromEntries(
    lessons.map(({ seq }, at) => [seq, Math.round((slope * (scores[at] as number) + offset) * 1000) / 1000]),
  )

/** The lessons a model is made of: the latest, but of neither class fewer than half where it has them. */
export function latestOf(lessons: Lesson[]): Lesson[] {
  if (lessons.length <= mostLessons) return lessons
  const half = mostLessons / 2
  const fine = lessons.filter(({ label }) => label === 'fine').length
  const most = {
    fine: Math.max(half, mostLessons - (lessons.length - fine)),
    spam: Math.max(half, mostLessons - fine),
  }
  const left = { ...most }
  return lessons
    .toReversed()
    .filter(({ label }) => left[label]-- > 0)
    .toReversed()
}
