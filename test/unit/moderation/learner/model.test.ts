import { describe, expect, it } from 'vitest'
import { read } from '../../../../worker/moderation/learner/lessons.ts'
import {
  type Model,
  needs,
  rawScore,
  readModel,
  scoreOf,
  write,
} from '../../../../worker/moderation/learner/model.ts'
import { calibrated, train } from '../../../../worker/moderation/learner/training.ts'
import { toBase64 } from '../../../../worker/moderation/text/bytes.ts'
import { inEnglish, inJapanese } from './corpus.ts'
import { lessonsOf, modelOf, opinionOf } from './lessons.ts'

const hundred = lessonsOf(inEnglish(50))
const twenty = lessonsOf(inEnglish(10, 5), 1000)
const model = modelOf(hundred)

/** All of a model, to the last bit. */
const bits = (one: Model) => [
  toBase64(one.weights.buckets),
  toBase64(one.weights.signs),
  one.weights.bias,
  write(one),
]

const probes = [...inEnglish(50, 9), ...inJapanese(10, 9)].map(({ text }) => read(text))

describe('A model', () => {
  it('is the same, bit by bit, of the same lessons', () => {
    modelOf(twenty)
    expect(bits(modelOf(lessonsOf(inEnglish(50))))).toEqual(bits(model))
  })

  it('is another of other lessons', () => {
    const [first, ...rest] = hundred as [(typeof hundred)[0], ...typeof hundred]
    expect(write(modelOf(rest))).not.toBe(write(model))
    expect(write(modelOf([{ ...first, label: 'spam' }, ...rest]))).not.toBe(write(model))
  })

  it('written and read scores within 0.05 of what it was', () => {
    const kept = readModel(write(model)) as Model
    for (const probe of probes)
      expect(Math.abs(scoreOf(kept, probe) - scoreOf(model, probe))).toBeLessThan(0.05)
    expect({ ...kept, weights: null }).toEqual({ ...model, weights: null })
  })

  it('is small, and written again is the same', () => {
    const text = write(model)
    expect(text.length).toBeLessThan(64 * 1024)
    expect(write(readModel(text) as Model)).toBe(text)
  })

  it('without decisions that were undone is exactly as it was before them', () => {
    const all = [...hundred.slice(0, 60), ...twenty, ...hundred.slice(60)]
    expect(write(modelOf(all))).not.toBe(write(model))
    expect(bits(modelOf(all.filter((lesson) => !twenty.includes(lesson))))).toEqual(bits(model))
  })

  it('follows a person who thinks again', () => {
    const text = 'Thanks for writing about the violin, click here for my channel.'
    const told = (label: 'fine' | 'spam') =>
      opinionOf(modelOf([...hundred, ...lessonsOf([{ text, label }], 1000)]), text).score
    expect(told('spam')).toBeGreaterThan(told('fine') + 0.5)
  })

  it('tells each lesson’s score by a fold that left it out', () => {
    const scores = calibrated(train(hundred))
    expect(scores).toHaveLength(hundred.length)
    const right = hundred.filter(({ label }, at) => (scores[at] as number) > 0 === (label === 'spam'))
    expect(right.length).toBeGreaterThan(0.85 * hundred.length)
  })

  it('never scores a lesson by a fold that knew it, nor one that knew its like', () => {
    const random = inEnglish(60).map(({ text }, at) => ({
      text,
      label: at % 3 === 0 ? ('spam' as const) : ('fine' as const),
      cluster: at - (at % 2),
    }))
    const twins = random.map((one, at) => ({ ...one, text: (random[at - (at % 2)] as typeof one).text }))
    const lessons = lessonsOf(
      twins.map((one, at) => ({ ...one, label: twins[at - (at % 2)]?.label ?? one.label })),
    )
    const scores = calibrated(train(lessons))
    const right = lessons.filter(({ label }, at) => (scores[at] as number) > 0 === (label === 'spam'))
    expect(right.length).toBeLessThan(0.8 * lessons.length)
  })

  it.each([[[]], [inEnglish(30).filter(({ label }) => label === 'fine')]])(
    'of one class or of nothing is a model still, of numbers all: case %#',
    (told) => {
      const poor = readModel(write(modelOf(lessonsOf(told)))) as Model
      for (const probe of probes) expect(scoreOf(poor, probe)).toSatisfy(Number.isFinite)
      expect(opinionOf(poor, 'Thanks for writing about the violin.').band).toBe('unlearnt')
    },
  )

  it('scores a text by its worst part where that is much worse', () => {
    const { weights } = model
    const pitch = read('Click here for the casino bonus, guaranteed profit').whole
    const { whole } = read('We cooked it with a violin and the result was lovely.')
    expect(rawScore(weights, { whole, parts: [pitch] })).toBeGreaterThan(
      rawScore(weights, { whole, parts: [] }),
    )
    expect(rawScore(weights, { whole: pitch, parts: [whole] })).toBe(
      rawScore(weights, { whole: pitch, parts: [] }),
    )
  })
})

describe('A model needs', () => {
  const told = (fine: number, spam: number) => {
    const all = inEnglish(Math.max(fine, spam))
    const some = { fine, spam }
    return all.filter(({ label }) => some[label]-- > 0)
  }

  it('100 decisions and 15 of each class when there is none', () => {
    expect(needs(null)).toEqual({ decisions: 100, fine: 15, spam: 15 })
  })

  it.each([
    [50, 49, { decisions: 1, fine: 0, spam: 0 }],
    [50, 50, { decisions: 0, fine: 0, spam: 0 }],
    [86, 14, { decisions: 0, fine: 0, spam: 1 }],
    [85, 15, { decisions: 0, fine: 0, spam: 0 }],
    [3, 97, { decisions: 0, fine: 12, spam: 0 }],
    [120, 0, { decisions: 0, fine: 0, spam: 15 }],
  ])('after %i fine and %i spam: %j', (fine, spam, missing) => {
    expect(needs(modelOf(lessonsOf(told(fine, spam))))).toEqual(missing)
  })

  it.each(['author', 'source', 'cluster'] as const)('14 more after a flood of spam from one %s', (group) => {
    const lessons = lessonsOf(
      told(60, 60).map((one) => (one.label === 'spam' ? { ...one, [group]: 1000 } : one)),
    )
    expect(needs(modelOf(lessons))).toEqual({ decisions: 0, fine: 0, spam: 14 })
  })
})
