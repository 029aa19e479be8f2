import type { SiteSettings } from '../../contract/siteSettings.ts'
import type { Label } from './lessons.ts'
import { tailOf } from './tails.ts'

/** A lesson's score by a model that had not learnt from it (or from its like). */
export interface Scored {
  label: Label
  score: number
  weight: number
}

/** How the scores of one class lie. */
export interface Spread {
  /** How much all that is of it counts together. */
  weight: number
  mean: number
  deviation: number
  /** The scores furthest towards the other class, with their weights, the furthest first. */
  tail: [score: number, weight: number][]
  /** The scores below which each twentieth of the class lies, from none of it to all. */
  quantiles: number[]
}

export interface Thresholds {
  /** Likely fine below this, likely spam above that. */
  fine: number
  spam: number
  /** The mistakes that they were chosen for: a share of each class. */
  errorRate: number
}

/** What a site has chosen that its thresholds follow from. */
export type Limits = Pick<SiteSettings, 'errorRate'> & Partial<Pick<SiteSettings, 'publishedSpam'>>

/** Largest error rate that can be chosen: so much of a class its `tail` keeps, and of a small class so many. */
export const mostErrorRate = 0.1
const leastTail = 30

/** From so many lessons of a class on, what was seen bounds what is assumed. */
const enoughForTail = 100

/** How the scores of a class lie, towards the other class. */
export function spreadOf(scored: Scored[], label: Label): Spread {
  const own = scored.filter((one) => one.label === label)
  const weight = own.reduce((sum, one) => sum + one.weight, 0)
  const mean = own.reduce((sum, one) => sum + one.weight * one.score, 0) / (weight || 1)
  const square = own.reduce((sum, one) => sum + one.weight * (one.score - mean) ** 2, 0) / (weight || 1)
  const way = label === 'fine' ? 1 : -1
  const tail: Spread['tail'] = []
  let kept = 0
  for (const one of own.toSorted((a, b) => way * (b.score - a.score))) {
    if (kept > Math.max(mostErrorRate * weight, leastTail)) break
    kept += one.weight
    tail.push([one.score, one.weight])
  }
  return { weight, mean, deviation: Math.sqrt(square), tail, quantiles: quantilesOf(own) }
}

const twentieths = 20

function quantilesOf(scored: Scored[]): number[] {
  const sorted = scored.toSorted((one, other) => one.score - other.score)
  const whole = sorted.reduce((sum, { weight }) => sum + weight, 0)
  const found: number[] = []
  let below = 0
  for (const { score, weight } of sorted) {
    below += weight
    while (found.length <= twentieths && below >= (found.length / twentieths) * whole - 1e-9)
      found.push(score)
  }
  return Array.from({ length: twentieths + 1 }, (_, part) => Number((found[part] ?? 0).toFixed(2)))
}

/** The score below which a share of a class lies, by its twentieths. */
export const quantile = ({ quantiles }: Spread, share: number): number =>
  quantiles[Math.round(share * (quantiles.length - 1))] as number

/** What thresholds would do to all that came, each scored as if it were new: shares from 0 to 1. */
export function expectedOf(
  spreads: Record<Label, Spread>,
  { fine, spam }: Pick<Thresholds, 'fine' | 'spam'>,
) {
  const total = spreads.fine.weight + spreads.spam.weight
  const unsure = ({ weight, quantiles }: Spread) =>
    weight * (shareBelow(quantiles, spam) - shareBelow(quantiles, fine))
  const past = ({ tail, weight }: Spread, wrong: (score: number) => boolean) =>
    tail.reduce((sum, [score, own]) => (wrong(score) ? sum + own : sum), 0) / weight
  return {
    held: (unsure(spreads.fine) + unsure(spreads.spam)) / total,
    approve: past(spreads.spam, (score) => score < fine),
    spam: past(spreads.fine, (score) => score > spam),
  }
}

/** The share of a class below a score, between two twentieths in proportion. */
function shareBelow(quantiles: number[], score: number): number {
  const next = quantiles.findIndex((quantile) => quantile > score)
  if (next === -1) return 1
  if (next === 0) return 0
  const [low, high] = [quantiles[next - 1] as number, quantiles[next] as number]
  return (next - 1 + (score - low) / (high - low)) / (quantiles.length - 1)
}

/**
 * Scores past which at most `errorRate` of the other class is expected. Few hundred decisions show
 * hardly anything of so thin a tail: it is taken to be no lighter than that of a normal
 * distribution, than that of Student's t of the same deviation, whose freedom grows with the
 * lessons, or than what was seen but for what chance may have put there.
 */
export function thresholdsFor(
  spreads: Record<Label, Spread>,
  { errorRate, publishedSpam = 'share' }: Limits,
): Thresholds {
  const { fine, spam } = spreads
  const above = edge(fine, errorRate, 1)
  const ofSpam = edge(spam, errorRate, -1)
  const below =
    publishedSpam === 'share' ? ofSpam : Math.max(ofSpam, promised(spreads, 1 / publishedIn[publishedSpam]))
  if (below <= above) return { fine: below, spam: above, errorRate }
  const middle = (below + above) / 2
  return { fine: middle, spam: middle, errorRate }
}

/** Published comments of which one may be spam. */
const publishedIn = { one_in_100: 100, one_in_200: 200, one_in_500: 500 } as const

/** What a probability is taken to be beyond what was counted (Jeffreys' prior). */
const unseen = 0.5

/** The score up to which no larger share of what is published is spam, as far as can be known. */
function promised({ fine, spam }: Record<Label, Spread>, share: number): number {
  let found = Number.NEGATIVE_INFINITY
  let passed = 0
  for (const [score, own] of spam.tail) {
    const published = fine.weight * shareBelow(fine.quantiles, score) + passed
    if (passed + unseen > share * published) break
    found = score
    passed += own
  }
  return found
}

function edge({ weight, mean, deviation, tail }: Spread, errorRate: number, way: 1 | -1): number {
  const assumed = mean + way * deviation * tailOf(weight, errorRate)
  // Of few lessons one more than that may lie further out by chance, of many not even one.
  const chance = weight < enoughForTail ? 1 : -0.5
  let passed = 0
  for (const [score, own] of tail) {
    passed += own
    if (passed > errorRate * weight + chance) return way * Math.max(way * assumed, way * score)
  }
  return assumed
}

/**
 * Slope and offset that turn scores into log-odds (Platt, 1999, with the targets of that paper so
 * that few lessons don't look certain), by Newton's method.
 */
export function calibrate(scored: Scored[]): { slope: number; offset: number } {
  const total = { fine: 0, spam: 0 }
  for (const { label, weight } of scored) total[label] += weight
  const target = { fine: 1 / (total.fine + 2), spam: (total.spam + 1) / (total.spam + 2) }
  let slope = 1
  let offset = 0
  for (let round = 0; round < 30; round++) {
    // Gradient and Hessian of the loss, the latter with a little added so that it can be inverted.
    let [g0, g1, h00, h01, h11] = [0, 0, 1e-6, 0, 1e-6]
    for (const { label, score, weight } of scored) {
      const p = 1 / (1 + Math.exp(-(slope * score + offset)))
      const error = weight * (p - target[label])
      const curve = weight * Math.max(p * (1 - p), 1e-9)
      g0 += error * score
      g1 += error
      h00 += curve * score * score
      h01 += curve * score
      h11 += curve
    }
    const det = h00 * h11 - h01 * h01
    const step = { slope: (h11 * g0 - h01 * g1) / det, offset: (h00 * g1 - h01 * g0) / det }
    slope -= Math.max(-1, Math.min(1, step.slope))
    offset -= Math.max(-1, Math.min(1, step.offset))
    if (Math.abs(step.slope) + Math.abs(step.offset) < 1e-7) break
  }
  return { slope: Math.max(slope, 1e-3), offset }
}
