import { describe, expect, it } from 'vitest'
import { type Label, read } from '../../../../worker/moderation/learner/lessons.ts'
import {
  type Example,
  logOdds,
  noWeights,
  sequence,
  shuffle,
  step,
} from '../../../../worker/moderation/learner/regression.ts'
import { inEnglish, type Told } from './corpus.ts'

const examplesOf = (told: Told[], weight = 1): Example[] =>
  told.map(({ text, label }) => ({
    features: read(text).whole,
    label: label === 'spam' ? (1 as const) : (0 as const),
    weight,
  }))

/** Weights that learnt examples twice, in an order of chance, both classes counting alike. */
function regress(examples: Example[]) {
  const descent = { weights: noWeights(), past: noWeights() }
  const total = [0, 0]
  for (const { label, weight } of examples) total[label] = (total[label] as number) + weight
  const half = ((total[0] as number) + (total[1] as number)) / 2
  const order = examples.map((one) => ({
    ...one,
    weight: (one.weight * half) / (total[one.label] as number),
  }))
  shuffle(order, sequence(1))
  for (const example of [...order, ...order]) step(descent, example)
  return descent.weights
}

const oddsOf = (told: Told[], text: string) => logOdds(regress(examplesOf(told)), read(text).whole)
const only = (told: Told[], label: Label, most = told.length) =>
  told.filter((one) => one.label === label).slice(0, most)

describe('The regression', () => {
  const told = inEnglish(100)

  it('tells the classes of what it learnt from apart', () => {
    const weights = regress(examplesOf(told))
    const right = told.filter(
      ({ text, label }) => logOdds(weights, read(text).whole) > 0 === (label === 'spam'),
    )
    expect(right.length).toBeGreaterThan(0.9 * told.length)
  })

  it('does not decide by how many there are of a class', () => {
    for (const most of ['fine', 'spam'] as const) {
      const few = most === 'fine' ? 'spam' : 'fine'
      const uneven = [...only(inEnglish(300), most), ...only(inEnglish(300), few, 30)]
      const weights = regress(examplesOf(uneven))
      expect(Math.abs(weights.bias)).toBeLessThanOrEqual(1)
      const fresh = inEnglish(60, 9)
      const right = fresh.filter(
        ({ text, label }) => logOdds(weights, read(text).whole) > 0 === (label === 'spam'),
      )
      expect(right.length).toBeGreaterThan(0.8 * fresh.length)
    }
  })

  it('leaves a text of which it knows both alike on the fence, ten times as many of one or not', () => {
    const same = (label: Label, times: number) => Array.from({ length: times }, () => ({ text: 'hm', label }))
    expect(Math.abs(oddsOf([...same('fine', 100), ...same('spam', 10)], 'hm'))).toBeLessThan(0.5)
    expect(Math.abs(oddsOf([...same('fine', 10), ...same('spam', 100)], 'hm'))).toBeLessThan(0.5)
  })

  it.each(['fine', 'spam'] as const)('with %s alone keeps its intercept bounded, and no NaN', (label) => {
    const weights = regress(examplesOf(only(told, label)))
    expect(Math.abs(weights.bias)).toBeLessThanOrEqual(1)
    expect([...weights.buckets, ...weights.signs].every(Number.isFinite)).toBe(true)
    expect(Math.abs(logOdds(weights, read('').whole))).toBeLessThan(2)
  })

  it.each([0, 1] as const)(
    'of 200 texts without a word, all of class %i, says little of any text',
    (label) => {
      const features = {
        grams: new Uint16Array(),
        words: new Uint16Array(),
        pairs: new Uint16Array(),
        signs: 0,
      }
      const { bias } = regress(Array.from({ length: 200 }, () => ({ features, label, weight: 1 })))
      expect(Math.abs(bias)).toBe(1)
      expect(Math.sign(bias)).toBe(label === 1 ? 1 : -1)
    },
  )

  it('of nothing says nothing', () => {
    const { buckets, signs, bias } = regress([])
    expect([...buckets, ...signs, bias].every((weight) => weight === 0)).toBe(true)
    expect(logOdds(noWeights(), read('Anything at all').whole)).toBe(0)
  })

  it('cares for what weights are to each other, not for what they are', () => {
    const [text] = told as [Told]
    const light = logOdds(regress(examplesOf(told, 0.01)), read(text.text).whole)
    expect(Math.sign(light)).toBe(Math.sign(oddsOf(told, text.text)))
  })
})

describe('The sequence', () => {
  it('is the same for a seed and another for another, evenly from 0 to 1', () => {
    const take = (seed: number) => {
      const next = sequence(seed)
      return Array.from({ length: 5000 }, next)
    }
    expect(take(3)).toEqual(take(3))
    expect(take(3)).not.toEqual(take(4))
    const mean = take(3).reduce((total, value) => total + value, 0) / 5000
    expect(mean).toBeCloseTo(0.5, 1)
    expect(take(3).every((value) => value >= 0 && value < 1)).toBe(true)
  })

  it('shuffles without losing or favouring any', () => {
    const firsts = new Map<number, number>()
    const random = sequence(1)
    for (let round = 0; round < 3000; round++) {
      const items = [0, 1, 2, 3, 4, 5]
      shuffle(items, random)
      expect(items.toSorted()).toEqual([0, 1, 2, 3, 4, 5])
      firsts.set(items[0] as number, (firsts.get(items[0] as number) ?? 0) + 1)
    }
    for (const count of firsts.values()) expect(Math.abs(count - 500)).toBeLessThan(100)
  })
})
