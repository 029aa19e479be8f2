import type { Byline } from './byline.ts'
import type { Fit } from './fit.ts'
import { type Label, type Lesson, read, weightsOf } from './lessons.ts'
import { type Model, readWeights, scoreOf, writeWeights } from './model.ts'
import { strongestTerms } from './terms.ts'
import { calibrate } from './thresholds.ts'

/** What keeps screening from publishing by itself what resembles refused comments. It calls nothing spam. */
export interface Guard extends Pick<Model, 'weights' | 'slope' | 'offset'> {
  /** A comment that scores no less resembles what was refused. */
  from: number
}

/** Refused and published comments that it takes to tell them apart. */
export const leastPrecedents = 30

/** Most refused comments that a guard is made of, the latest. */
export const mostRefused = 150

/** Most features of all its texts together, so that few slices make it; half of them may be of refused ones. */
const mostOfAll = 90_000

/** What a precedent is but for its text. It has the label `spam` where it was refused for another reason than that. */
export type Precedent = Pick<Lesson, 'seq' | 'label' | 'author' | 'source' | 'cluster' | 'size'>

/**
 * What a guard is made of: the latest of what people refused and of what they published, by comment. None where there
 * is too little of either.
 */
export function precedentsOf<One extends Omit<Precedent, 'label'>>(
  refused: One[],
  published: One[],
): (One & { label: Label })[] {
  const spam = latestOf(refused.slice(-mostRefused), mostOfAll / 2)
  const ofKind = { spam, fine: latestOf(published, mostOfAll - sizeOf(spam)) }
  if (Math.min(ofKind.spam.length, ofKind.fine.length) < leastPrecedents) return []
  return (['spam', 'fine'] as const)
    .flatMap((label) => ofKind[label].map((one) => ({ ...one, label })))
    .sort((one, other) => one.seq - other.seq)
}

type Sized = Pick<Precedent, 'size'>

const sizeOf = (some: Sized[]) => some.reduce((sum, { size }) => sum + size, 0)

/** The last of some lessons, which have no more features together. */
function latestOf<One extends Sized>(lessons: One[], most: number): One[] {
  let left = most
  const end = lessons.findLastIndex(({ size }) => {
    left -= size
    return left < 0
  })
  return lessons.slice(end + 1)
}

/**
 * So much of what people would refuse the guard may let pass, and so much of what they would publish it must: one that
 * cannot do both says nothing. The former is a little less than the fifth that may be published, as few comments say it.
 */
const passed = { refused: 0.19, published: 0.5 } as const

/**
 * The guard that a fit of precedents ends with; null where the text does not tell what people refused for other reasons
 * than advertising from what they published. What it keeps back is tried on comments that the folds left out. Pure:
 * the same precedents make the same, bit by bit.
 */
export function guardOf(
  { sums, scores }: Pick<Fit, 'sums' | 'scores'>,
  precedents: Precedent[],
): Guard | null {
  const weights = weightsOf(precedents)
  const scored = precedents.map(({ label }, at) => ({
    label,
    score: scores[at] as number,
    weight: weights[at] as number,
  }))
  const { slope, offset } = calibrate(scored)
  const of = (label: Label) =>
    scored.filter((one) => one.label === label).map((one) => ({ ...one, score: slope * one.score + offset }))
  const from = quantile(of('spam'), passed.refused)
  const below = of('fine').filter(({ score }) => score < from)
  const tells = weightOf(below) >= passed.published * weightOf(of('fine'))
  return tells ? { weights: sums.mean, slope, offset, from } : null
}

/** What of a text that resembles refused ones looks so, the strongest first; null of any other. */
export function resemblanceOf(
  guard: Guard,
  { body, folded, byline }: { body: string; folded: string; byline: Byline },
): { terms: string[] } | null {
  if (scoreOf(guard, read(body, folded, byline)) < guard.from) return null
  return { terms: strongestTerms(guard, folded, 1) }
}

/** A guard as it is kept; empty where there is none. */
export const writeGuard = (guard: Guard | null): string =>
  guard ? JSON.stringify({ ...guard, weights: writeWeights(guard.weights) }) : ''

/** The guard that `writeGuard` wrote. */
export function readGuard(text: string): Guard | null {
  if (text === '') return null
  const { weights, ...rest } = JSON.parse(text)
  return { ...rest, weights: readWeights(weights) }
}

interface Weighed {
  score: number
  weight: number
}

const weightOf = (some: Weighed[]) => some.reduce((sum, { weight }) => sum + weight, 0)

/** The score below which so large a share lies. */
function quantile(some: Weighed[], share: number): number {
  const most = share * weightOf(some)
  let below = 0
  for (const { score, weight } of some.toSorted((one, other) => one.score - other.score)) {
    below += weight
    if (below > most) return score
  }
  return Number.POSITIVE_INFINITY
}
