import { describe, expect, it } from 'vitest'
import type { Label } from '../../../../worker/moderation/learner/lessons.ts'
import { sequence } from '../../../../worker/moderation/learner/regression.ts'
import {
  calibrate,
  expectedOf,
  type Scored,
  spreadOf,
  thresholdsFor,
} from '../../../../worker/moderation/learner/thresholds.ts'

type Random = () => number

const normal = (random: Random) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

/** How scores of one class lie about its middle, in deviations. */
const shapes = {
  normal,
  /** As Laplace has them. */
  'thick in the tails': (random: Random) =>
    (random() < 0.5 ? -1 : 1) * (-Math.log(1 - random()) / Math.SQRT2),
  'in two heaps': (random: Random) => (random() < 0.5 ? -0.9 : 0.9) + 0.4 * normal(random),
}

/** How far the classes' middles lie from 0. */
const away = 3

function draw(shape: (random: Random) => number, ofEach: number, seed: number, apart = away): Scored[] {
  const random = sequence(seed)
  const one = (label: Label): Scored => ({
    label,
    score: (label === 'spam' ? apart : -apart) + 1.5 * shape(random),
    weight: 1,
  })
  return Array.from({ length: 2 * ofEach }, (_, at) => one(at % 2 ? 'spam' : 'fine'))
}

const spreadsOf = (scored: Scored[]) => ({ fine: spreadOf(scored, 'fine'), spam: spreadOf(scored, 'spam') })

/** The share of one class past a threshold. */
const share = (scored: Scored[], label: Label, wrong: (score: number) => boolean) => {
  const own = scored.filter((one) => one.label === label)
  return own.filter(({ score }) => wrong(score)).length / own.length
}

/** The share of a shape further than so many deviations, by many draws in order. */
function beyond(sorted: Float64Array, deviations: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] as number) > deviations) high = middle
    else low = middle + 1
  }
  return 1 - low / sorted.length
}

/** The mean of both sides' errors over many sites, less what chance explains of it. */
function errorOf(name: keyof typeof shapes, ofEach: number, rate: number): number {
  const shape = shapes[name]
  const random = sequence(999_983)
  const sorted = Float64Array.from({ length: 40_000 }, () => shape(random)).sort()
  const errors = Array.from({ length: 50 }, (_, seed) => {
    const { fine, spam } = thresholdsFor(spreadsOf(draw(shape, ofEach, 7919 * seed + ofEach, 0)), {
      errorRate: rate,
    })
    return [beyond(sorted, spam / 1.5), beyond(sorted, -fine / 1.5)]
  }).flat()
  const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length
  const square = errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / errors.length
  return mean - 2 * Math.sqrt(square / errors.length)
}

describe('The chosen error rate', () => {
  const sizes = [20, 90, 150, 400]
  const rates = [0.002, 0.01, 0.05, 0.1]
  const cases = sizes.flatMap((ofEach) => rates.map((rate) => [ofEach, rate] as const))
  const areEnough = ([ofEach, rate]: (typeof cases)[number]) => ofEach >= 100 && ofEach * rate >= 1

  it.each(cases)('is kept where %i scores of each class are normal: %d', (ofEach, rate) => {
    expect(errorOf('normal', ofEach, rate)).toBeLessThanOrEqual(rate)
  })

  it.each(cases)('is kept where %i of each lie in two heaps: %d', (ofEach, rate) => {
    expect(errorOf('in two heaps', ofEach, rate)).toBeLessThanOrEqual(rate)
  })

  it.each(cases.filter(areEnough))(
    'is kept to a tenth where %i of each have thick tails: %d',
    (ofEach, rate) => {
      expect(errorOf('thick in the tails', ofEach, rate)).toBeLessThanOrEqual(1.1 * rate)
    },
  )

  it.each(cases.filter((one) => !areEnough(one)))(
    'is not doubled where %i of each have thick tails, too few to show it: %d',
    (ofEach, rate) => {
      expect(errorOf('thick in the tails', ofEach, rate)).toBeLessThanOrEqual(2 * rate)
    },
  )
})

describe('Thresholds', () => {
  const spreads = spreadsOf(draw(normal, 200, 5))

  it('hold less the more errors are allowed', () => {
    const rates = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1]
    const all = rates.map((rate) => thresholdsFor(spreads, { errorRate: rate }))
    const widths = all.map(({ fine, spam }) => spam - fine)
    expect(widths).toEqual(widths.toSorted((one, other) => other - one))
    expect(widths[0]).toBeGreaterThan(widths.at(-1) as number)
    const held = all.map((thresholds) => expectedOf(spreads, thresholds).held)
    expect(held).toEqual(held.toSorted((one, other) => other - one))
  })

  it('hold more where the classes are seen less', () => {
    const few = { ...spreads, fine: { ...spreads.fine, weight: 16 }, spam: { ...spreads.spam, weight: 16 } }
    const many = { ...spreads, fine: { ...spreads.fine, weight: 90 }, spam: { ...spreads.spam, weight: 90 } }
    const [cautious, bold] = [
      thresholdsFor(few, { errorRate: 0.01 }),
      thresholdsFor(many, { errorRate: 0.01 }),
    ]
    expect(cautious.spam - cautious.fine).toBeGreaterThan(bold.spam - bold.fine)
  })

  it('never call fine what they call spam, however far apart or mixed the classes are', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const random = sequence(seed)
      const [apart, ofEach] = [random() * 8 - 2, 2 + Math.floor(random() * 200)]
      const scored = draw(normal, ofEach, seed).map((one) => ({
        ...one,
        score: one.score + (one.label === 'spam' ? apart : 0),
      }))
      for (const rate of [0.001, 0.01, 0.1]) {
        const { fine, spam } = thresholdsFor(spreadsOf(scored), { errorRate: rate })
        expect(fine).toBeLessThanOrEqual(spam)
      }
    }
  })

  it('see outliers that the deviation hides', () => {
    const odd = draw(normal, 300, 5).map((one, at) => (at % 60 === 0 ? { ...one, score: 20 } : one))
    expect(odd.filter(({ label, score }) => label === 'fine' && score === 20)).toHaveLength(10)
    expect(thresholdsFor(spreadsOf(odd), { errorRate: 0.01 }).spam).toBeGreaterThanOrEqual(20)
  })

  it('count each lesson at its weight', () => {
    const scored = draw(normal, 200, 5)
    const [extreme, usual] = [{ label: 'fine', score: 9 } as const, spreadsOf(scored).fine]
    const flood = Array.from({ length: 300 }, () => ({ ...extreme, weight: 1 / 300 }))
    const one = spreadsOf([...scored, ...flood]).fine
    expect(one.weight).toBeCloseTo(usual.weight + 1, 6)
    expect(one.mean).toBeCloseTo(spreadsOf([...scored, { ...extreme, weight: 1 }]).fine.mean, 6)
    expect(one.deviation).toBeCloseTo(spreadsOf([...scored, { ...extreme, weight: 1 }]).fine.deviation, 6)
  })
})

describe('What thresholds are expected to do', () => {
  it('is what they do to fresh scores', () => {
    const scored = draw(normal, 1000, 5)
    const fresh = draw(normal, 20_000, 77)
    for (const thresholds of [
      { fine: -1, spam: 1 },
      { fine: -4, spam: 4 },
      { fine: 0, spam: 0 },
      { fine: -2, spam: 3 },
    ]) {
      const { held, approve, spam } = expectedOf(spreadsOf(scored), thresholds)
      const unsure = fresh.filter(({ score }) => score >= thresholds.fine && score <= thresholds.spam)
      expect(held).toBeCloseTo(unsure.length / fresh.length, 1)
      expect(Math.abs(approve - share(fresh, 'spam', (score) => score < thresholds.fine))).toBeLessThan(0.02)
      expect(Math.abs(spam - share(fresh, 'fine', (score) => score > thresholds.spam))).toBeLessThan(0.02)
    }
  })

  it('is a share from 0 to 1, holding nothing between equal thresholds and all between far ones', () => {
    const spreads = spreadsOf(draw(normal, 100, 5))
    expect(expectedOf(spreads, { fine: 0.3, spam: 0.3 }).held).toBe(0)
    expect(expectedOf(spreads, { fine: -99, spam: 99 })).toEqual({ held: 1, approve: 0, spam: 0 })
    for (const scored of [draw(normal, 1, 3), draw(() => 0, 30, 3)]) {
      const some = spreadsOf(scored)
      for (const share of Object.values(expectedOf(some, thresholdsFor(some, { errorRate: 0.01 })))) {
        expect(share).toBeGreaterThanOrEqual(0)
        expect(share).toBeLessThanOrEqual(1)
      }
    }
  })
})

describe('Calibration', () => {
  it.each([
    [0.4, 0],
    [1, -0.7],
    [2.5, 0.5],
    [6, 1.5],
  ])('finds that scores of slope %d and offset %d were log-odds', (slope, offset) => {
    const random = sequence(11)
    const scored = Array.from({ length: 20_000 }, (): Scored => {
      const odds = 4 * random() - 2
      return {
        label: random() < 1 / (1 + Math.exp(-odds)) ? 'spam' : 'fine',
        score: (odds - offset) / slope,
        weight: 1,
      }
    })
    const found = calibrate(scored)
    expect(Math.abs(found.slope / slope - 1)).toBeLessThan(0.08)
    expect(Math.abs(found.offset - offset)).toBeLessThan(0.12)
  })

  it('does not let few lessons look certain', () => {
    const odds = (ofEach: number) => {
      const scored = Array.from({ length: 2 * ofEach }, (_, at): Scored => {
        const label = at % 2 ? 'spam' : 'fine'
        return { label, score: label === 'spam' ? 5 : -5, weight: 1 }
      })
      const { slope, offset } = calibrate(scored)
      return slope * 5 + offset
    }
    expect(odds(5)).toBeLessThan(2.5)
    expect(odds(5)).toBeGreaterThan(0)
    expect(odds(500)).toBeGreaterThan(odds(5))
  })

  it.each<[string, Scored[]]>([
    ['nothing', []],
    ['one class', draw(normal, 20, 3).filter(({ label }) => label === 'fine')],
    ['one score', [{ label: 'spam', score: 0, weight: 1 }]],
    ['scores that say the contrary', draw(normal, 50, 3).map((one) => ({ ...one, score: -one.score }))],
    ['huge scores', draw(normal, 50, 3).map((one) => ({ ...one, score: 1000 * one.score }))],
  ])('of %s is of numbers, and never turns scores round', (_, scored) => {
    const { slope, offset } = calibrate(scored)
    expect(slope).toBeGreaterThan(0)
    expect([slope, offset].every(Number.isFinite)).toBe(true)
  })
})
