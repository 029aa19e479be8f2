import { buckets } from './features.ts'
import { type Lesson, weightsOf } from './lessons.ts'
import { type Known, type Model, rawScore } from './model.ts'
import { type Example, mixed, noWeights, regress, type Weights } from './regression.ts'
import { calibrate, type Scored, spreadOf } from './thresholds.ts'

/** Most recent lessons that a model is made of, so that making it stays within its time. */
export const mostLessons = 1000

/** Models that together make the one that scores; each leaves a part of the lessons out. */
const folds = 10

/** A model, and by lesson its score by the fold that left it out, not calibrated. */
export interface Trained {
  model: Model
  scores: Float32Array
}

/** Makes a model of lessons, which stand in the order of their comments. The same lessons make the same, bit by bit. */
export function train(lessons: Lesson[]): Trained {
  const left = placesOf(lessons)
  const importance = weightsOf(lessons)
  const mean = noWeights()
  const scores = new Float32Array(lessons.length)
  for (let fold = 0; fold < folds; fold++) {
    const weights = regress(
      lessons.flatMap(({ seq, reading, label }, at) => {
        if (left[at] === fold) return []
        const weight = importance[at] as number
        return [
          { key: seq * folds + fold, features: reading.whole, label: label === 'spam' ? 1 : 0, weight },
        ] satisfies Example[]
      }),
    )
    for (const [at, { reading }] of lessons.entries())
      if (left[at] === fold) scores[at] = rawScore(weights, reading)
    addTo(mean, weights, 1 / folds)
  }
  return { model: modelOf(mean, scores, lessons, importance), scores }
}

/**
 * Lessons of texts nearly alike share a fold, so that none is scored by a model that knows its twin. Which
 * one, the first of them says that is there.
 */
function placesOf(lessons: Lesson[]): number[] {
  const first = new Map<number, number>()
  for (const { cluster, seq } of lessons) if (!first.has(cluster)) first.set(cluster, seq)
  return lessons.map(({ cluster }) => Math.floor(mixed(first.get(cluster) as number) * folds))
}

function addTo(sum: Weights, { buckets, signs, bias }: Weights, share: number): void {
  for (const [at, value] of buckets.entries()) sum.buckets[at] = (sum.buckets[at] as number) + share * value
  for (const [at, value] of signs.entries()) sum.signs[at] = (sum.signs[at] as number) + share * value
  sum.bias += share * bias
}

function modelOf(weights: Weights, scores: Float32Array, lessons: Lesson[], importance: number[]): Model {
  const scored = lessons.map(
    ({ label }, at): Scored => ({ label, score: scores[at] as number, weight: importance[at] as number }),
  )
  const { slope, offset } = calibrate(scored)
  const calibrated = scored.map((one) => ({ ...one, score: slope * one.score + offset }))
  return {
    weights,
    slope,
    offset,
    spreads: { fine: spreadOf(calibrated, 'fine'), spam: spreadOf(calibrated, 'spam') },
    decisions: lessons.length,
    scripts: scriptsOf(lessons, importance),
    ...knownOf(lessons),
    ofFine: enoughOf(
      lessons.filter(({ label }) => label === 'fine'),
      ['words', 'grams'],
    ),
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

/** What the lessons know of languages. */
const knownOf = (lessons: Lesson[], besides = 0): Known => ({
  knownWords: enoughOf(lessons, ['words'], besides),
  knownGrams: enoughOf(lessons, ['grams'], besides),
})

/** What so many lessons have is known: more where there are more lessons. */
function enoughOf(lessons: Lesson[], of: ('words' | 'grams')[], besides = 0): Uint8Array {
  const enough = 1 + besides + Math.floor(lessons.length / 200)
  const counts = new Uint16Array(buckets)
  for (const { reading } of lessons)
    for (const kind of of)
      for (const bucket of reading.whole[kind]) counts[bucket] = (counts[bucket] as number) + 1
  return bitsOf((bucket) => (counts[bucket] as number) >= enough)
}

function bitsOf(isSet: (bucket: number) => boolean): Uint8Array {
  const bits = new Uint8Array(buckets / 8)
  for (let bucket = 0; bucket < buckets; bucket++)
    if (isSet(bucket)) bits[bucket >> 3] = (bits[bucket >> 3] as number) | (1 << (bucket & 7))
  return bits
}

/** What would be known of a lesson's language if it were none itself. */
export const knownBesides = (lessons: Lesson[]) => knownOf(lessons, 1)

/** What the folds say of each lesson by its comment's `seq`, as the model's scores are calibrated. */
export const calibrated = ({ model: { slope, offset }, scores }: Trained, lessons: Lesson[]) =>
  Object.fromEntries(
    lessons.map(({ seq }, at) => [seq, Math.round((slope * (scores[at] as number) + offset) * 1000) / 1000]),
  )

/** The lessons a model is made of, of some by comment: the latest, but of neither class fewer than half where it has them. */
export function latestOf<Known extends Pick<Lesson, 'label'>>(lessons: Known[]): Known[] {
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
