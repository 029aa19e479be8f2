import { type Arc, arcsOf, type Sized } from './arcs.ts'
import { evidenceOf, nothingUnread, type Unread } from './evidence.ts'
import { buckets } from './features.ts'
import { type Counts, type Fit, newFit, type Sums, unitsOf, work } from './fit.ts'
import { type Label, type Lesson, type Reading, weightsOf } from './lessons.ts'
import type { Known, Model } from './model.ts'
import { groundOf } from './newPages.ts'
import { calibrate, type Scored, spreadOf } from './thresholds.ts'

/** Most recent lessons that a model is made of, so that making it stays within its time. */
export const mostLessons = 1000

/** A model, and by lesson its score by the fold that left it out, not calibrated. */
export interface Trained {
  model: Model
  scores: Float32Array
}

/** What a model is made of besides texts. */
export type Told = Omit<Lesson, 'reading'>

/**
 * Makes a model of lessons, which stand in the order of their comments. The same make the same, bit by bit.
 *
 * @param unread what else came to the site: it moves the thresholds, and is no lesson
 */
export function train(lessons: Lesson[], unread: Unread = nothingUnread): Trained & Pick<Fit, 'sums'> {
  const fit = fitted(lessons)
  return { ...trained(fit, lessons, unread), sums: fit.sums }
}

/** All that a fit of lessons does, at once. */
export function fitted(lessons: Pick<Lesson, keyof Sized | 'reading'>[]): Fit {
  const arcs = arcsOf(lessons)
  const fit = newFit(lessons.length)
  const read = arcs.map((arc) => arc.lessons.map(([at]) => (lessons[at] as { reading: Reading }).reading))
  for (const unit of unitsOf(arcs))
    work(fit, unit, (arcs[unit.arc] as Arc).lessons, read[unit.arc] as Reading[])
  return fit
}

/** The model that a fit of these lessons ends with. */
export const trained = (
  { sums, scores }: Pick<Fit, 'sums' | 'scores'>,
  lessons: Told[],
  unread: Unread = nothingUnread,
): Trained => ({
  model: modelOf(sums, scores, { lessons, importance: weightsOf(lessons), unread }),
  scores,
})

interface Learnt {
  lessons: Told[]
  importance: number[]
  unread: Unread
}

function modelOf(
  { mean, counts }: Sums,
  scores: Float32Array,
  { lessons, importance, unread }: Learnt,
): Model {
  const scored = lessons.map(
    ({ label }, at): Scored => ({ label, score: scores[at] as number, weight: importance[at] as number }),
  )
  const { slope, offset } = calibrate(scored)
  const calibrated = scored.map(({ score }) => slope * score + offset)
  const evidence = evidenceOf(lessons, { scores: calibrated, weights: importance }, unread)
  const decided = (label: Label) =>
    scored.reduce((sum, one) => (one.label === label ? sum + one.weight : sum), 0)
  return {
    weights: mean,
    slope,
    offset,
    spreads: {
      fine: { ...spreadOf(evidence, 'fine'), decided: decided('fine') },
      spam: { ...spreadOf(evidence, 'spam'), decided: decided('spam') },
    },
    decisions: lessons.length,
    ground: groundOf(lessons),
    scripts: scriptsOf(lessons, importance),
    ...knownOf(counts, lessons.length),
    ofFine: enoughOf(counts.ofFine, lessons.filter(({ label }) => label === 'fine').length),
  }
}

function scriptsOf(lessons: Told[], importance: number[]): Model['scripts'] {
  const scripts: Model['scripts'] = {}
  for (const [at, { script, label }] of lessons.entries()) {
    scripts[script] ??= { fine: 0, spam: 0 }
    scripts[script][label] += importance[at] as number
  }
  return scripts
}

/** What so many lessons know of languages. */
const knownOf = ({ words, grams }: Counts, lessons: number, besides = 0): Known => ({
  knownWords: enoughOf(words, lessons, besides),
  knownGrams: enoughOf(grams, lessons, besides),
})

/** What so many lessons have is known: more where there are more lessons. */
function enoughOf(counts: Uint16Array, lessons: number, besides = 0): Uint8Array {
  const enough = 1 + besides + Math.floor(lessons / 200)
  const bits = new Uint8Array(buckets / 8)
  for (let bucket = 0; bucket < buckets; bucket++)
    if ((counts[bucket] as number) >= enough)
      bits[bucket >> 3] = (bits[bucket >> 3] as number) | (1 << (bucket & 7))
  return bits
}

/** What would be known of a lesson's language if it were none itself. */
export const knownBesides = ({ counts }: Sums, lessons: number) => knownOf(counts, lessons, 1)

/** What the folds say of each lesson, as the model's scores are calibrated. */
export const calibrated = ({ model: { slope, offset }, scores }: Trained): number[] =>
  Array.from(scores, (score) => Math.round((slope * score + offset) * 1000) / 1000)

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
