import { describe, expect, it } from 'vitest'
import { inEnglish } from './corpus.ts'
import { inflected, inflectedLanguages } from './inflected.ts'
import { bandsOf, lessonsOf, modelOf } from './lessons.ts'

const shareUnlearnt = (model: ReturnType<typeof modelOf>, texts: string[]) =>
  bandsOf(model, texts).filter((band) => band === 'unlearnt').length / texts.length

const textsOf = (language: string, count: number) => inflected(language, count, 77).map(({ text }) => text)

describe.each(inflectedLanguages)('A learner of %s', (language) => {
  const model = modelOf(lessonsOf(inflected(language, 260)))

  it('knows words by their parts, in whatever form they stand', () => {
    expect(shareUnlearnt(model, textsOf(language, 150))).toBeLessThanOrEqual(0.05)
  })

  it('has not learnt other languages by that', () => {
    const others = [
      ...inflectedLanguages.filter((other) => other !== language).flatMap((other) => textsOf(other, 40)),
      ...inEnglish(20, 77).map(({ text }) => text),
    ]
    expect(shareUnlearnt(model, others)).toBeGreaterThanOrEqual(0.99)
  })
})

describe('A learner of English', () => {
  it('has learnt none of the languages that bend their words', () => {
    const model = modelOf(lessonsOf(inEnglish(150)))
    const texts = inflectedLanguages.flatMap((language) => textsOf(language, 60))
    expect(shareUnlearnt(model, texts)).toBeGreaterThanOrEqual(0.99)
  })
})

describe('A language that bends its words and that only spam came in', () => {
  it.each(['Turkish', 'Finnish', 'Indonesian'])('is not learnt: %s', (language) => {
    const flood = inflected(language, 120).map(({ text }) => ({ text, label: 'spam' as const }))
    const model = modelOf([...lessonsOf(inEnglish(150)), ...lessonsOf(flood, 1000)])
    expect(shareUnlearnt(model, textsOf(language, 100))).toBeGreaterThanOrEqual(0.8)
  })
})
