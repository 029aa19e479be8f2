import { describe, expect, test } from 'vitest'
import {
  accuracy,
  auc,
  averaged,
  calibrationError,
  f1,
  falsePositivesAt,
  recallAt,
} from '../../../../worker/host/evaluate/metrics.ts'

const scored = (spam: number[], ham: number[]) => [
  ...spam.map((score) => ({ score, isSpam: true })),
  ...ham.map((score) => ({ score, isSpam: false })),
]

describe('Of spam at 3, 1 and -1 and ham at 2 and -2', () => {
  const five = scored([3, 1, -1], [2, -2])

  test('three in five are on their side of 0', () => expect(accuracy(five)).toBe(3 / 5))
  test('F1 is that of precision and recall of two thirds each', () => expect(f1(five)).toBeCloseTo(2 / 3))
  test('four of six pairs are in order', () => expect(auc(five)).toBeCloseTo(4 / 6))
  test('finding all of the spam calls one of two ham spam', () =>
    expect(falsePositivesAt(0.95, five)).toBe(1 / 2))
  test('finding a third of it calls none', () => expect(falsePositivesAt(1 / 3, five)).toBe(0))
  test('a third is found where no ham may be called spam', () =>
    expect(recallAt(0.01, five)).toBeCloseTo(1 / 3))
  test('all is found where half of the ham may', () => expect(recallAt(0.5, five)).toBe(1))
})

test('Ties count half for the area under the curve, and are no hits where ham may not be called spam', () => {
  expect(auc(scored([0, 1], [0]))).toBe(3 / 4)
  expect(recallAt(0.01, scored([1, 2], [1]))).toBe(1 / 2)
})

test('A share that falls on a whole text is not missed by rounding', () => {
  const hundred = Array.from({ length: 100 }, (_, at) => at)
  for (const per of [7, 14, 28, 29, 55, 57, 58])
    expect(recallAt(per / 100, scored([99.5 - per], hundred)), `${per} %`).toBe(1)
  for (const per of [7, 14, 28, 29, 55, 57, 58])
    expect(falsePositivesAt(per / 100, scored(hundred, [99.5 - per])), `${per} %`).toBe(0)
})

test('The calibration error is what probabilities miss, bin by bin', () => {
  const odds = Math.log(3)
  expect(calibrationError(scored([odds, odds, odds, -odds], [odds, -odds, -odds, -odds]))).toBeCloseTo(0)
  // Two say 75 % and one is spam, two say 25 % and none is: a half too much each, of four.
  expect(calibrationError(scored([odds], [odds, -odds, -odds]))).toBeCloseTo(1 / 4)
  expect(calibrationError(scored([1000], [-1000]))).toBe(0)
})

test('What cannot be said is not said', () => {
  expect([accuracy([]), f1([]), calibrationError([])]).toEqual([null, null, null])
  expect([
    auc(scored([1], [])),
    falsePositivesAt(0.95, scored([], [1])),
    recallAt(0.01, scored([1], [])),
  ]).toEqual([null, null, null])
  expect(averaged([null, 1, 3])).toEqual({ mean: 2, spread: Math.SQRT2 })
  expect(averaged([null])).toBeNull()
})
