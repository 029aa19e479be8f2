import { describe, expect, it } from 'vitest'
import { pack, unpack } from '../../../../worker/moderation/learner/features.ts'
import { packLesson, read, unpackLesson, weightsOf } from '../../../../worker/moderation/learner/lessons.ts'
import { latestOf } from '../../../../worker/moderation/learner/training.ts'
import { inEnglish, inJapanese } from './corpus.ts'
import { lessonsOf } from './lessons.ts'

const sum = (weights: number[]) => weights.reduce((total, weight) => total + weight, 0)

describe('A lesson', () => {
  it('packed and unpacked is what was read of the text, and of some of its parts', () => {
    for (const { text } of [...inEnglish(40), ...inJapanese(40)]) {
      const { whole, parts } = read(text)
      const { reading } = unpackLesson(packLesson(text))
      expect(reading.whole).toEqual(whole)
      expect(parts).toEqual(expect.arrayContaining(reading.parts))
      expect(reading.parts.length).toBeGreaterThanOrEqual(Math.min(parts.length, 2))
    }
  })

  it('of nothing can be packed too', () => {
    for (const text of ['', ' ', '👍', '\ud800']) {
      expect(unpackLesson(packLesson(text)).reading).toEqual(read(text))
      expect(unpackLesson(packLesson(text)).script).toBe('other')
    }
  })

  it('of a very long text is a bounded sample of it', () => {
    const long = Array.from({ length: 900 }, (_, at) => `${(at * 7919).toString(36)}x`).join(' ')
    const { reading } = unpackLesson(packLesson(long))
    const { whole } = read(long)
    expect(reading.whole.grams.length).toBeLessThan(whole.grams.length)
    expect(reading.whole.words.length).toBeLessThan(whole.words.length)
    expect(reading.whole.pairs.length).toBeLessThan(whole.pairs.length)
    expect(packLesson(long).features.length).toBeLessThan(8_000)
    expect(reading.whole.grams.every((bucket) => whole.grams.includes(bucket))).toBe(true)
    expect(reading.whole.signs).toBe(whole.signs)
    expect(reading.parts.length).toBeLessThanOrEqual(4)
    expect(packLesson(long)).toEqual(packLesson(long))
  })

  it('keeps every sign', () => {
    const features = {
      grams: new Uint16Array([1]),
      words: new Uint16Array([65_535]),
      pairs: new Uint16Array([7, 8]),
      signs: 0x1ffff,
    }
    expect(unpack(pack(features))).toEqual(features)
  })

  it.each([
    ['Thank you for this!', 'Latin'],
    ['Спасибо за статью', 'Cyrillic'],
    ['Ευχαριστώ πολύ', 'Greek'],
    ['شكرا جزيلا', 'Arabic'],
    ['תודה רבה', 'Hebrew'],
    ['감사합니다', 'Hangul'],
    ['ขอบคุณครับ', 'Thai'],
    ['धन्यवाद', 'Devanagari'],
    ['感谢分享', 'Han'],
    ['味噌汁の作り方', 'Japanese'],
    ['東京都渋谷区、です', 'Japanese'],
    ['「JavaScript」の記事をありがとうございます', 'Japanese'],
    ['12345 👍', 'other'],
  ])('of %s is of the script %s', (text, script) => {
    expect(unpackLesson(packLesson(text)).script).toBe(script)
  })
})

describe('Lessons count', () => {
  const told = inEnglish(10)

  it('one each, where nobody wrote two', () => {
    expect(weightsOf(lessonsOf(told))).toEqual(told.map(() => 1))
  })

  it.each(['author', 'source', 'cluster'] as const)('one together for one %s, of each label', (group) => {
    const lessons = lessonsOf(told.map((one) => ({ ...one, [group]: 7 })))
    expect(sum(weightsOf(lessons))).toBeCloseTo(2, 9)
  })

  it('one each for addresses that are not known', () => {
    expect(sum(weightsOf(lessonsOf(told.map((one) => ({ ...one, source: null })))))).toBe(told.length)
  })

  it('the least that any of their groups allows', () => {
    const lessons = lessonsOf([
      { text: 'one', label: 'spam', author: 1 },
      { text: 'two', label: 'spam', author: 1, cluster: 9 },
      { text: 'three', label: 'spam', cluster: 9 },
      { text: 'four', label: 'spam', cluster: 9 },
      { text: 'five', label: 'fine', author: 1 },
    ])
    expect(weightsOf(lessons)).toEqual([1 / 2, 1 / 3, 1 / 3, 1 / 3, 1])
  })
})

describe('The lessons a model is made of', () => {
  const [one] = lessonsOf([{ text: 'a lesson', label: 'fine' }])
  const many = (fine: number, spam: number, from = 1) =>
    Array.from({ length: fine + spam }, (_, at) => ({
      ...(one as NonNullable<typeof one>),
      seq: from + at,
      author: from + at,
      cluster: from + at,
      label: at < fine ? ('fine' as const) : ('spam' as const),
    }))
  const count = (lessons: ReturnType<typeof many>, label: string) =>
    lessons.filter((lesson) => lesson.label === label).length

  it.each([
    [300, 200, 300, 200],
    [2000, 100, 900, 100],
    [100, 2000, 100, 900],
    [2000, 2000, 500, 500],
    [400, 2000, 400, 600],
  ])('of %i fine and %i spam are %i and %i, the latest of each', (fine, spam, takenFine, takenSpam) => {
    const all = many(fine, spam)
    const taken = latestOf(all)
    expect([count(taken, 'fine'), count(taken, 'spam')]).toEqual([takenFine, takenSpam])
    expect(taken).toEqual([...all.slice(fine - takenFine, fine), ...all.slice(-takenSpam)])
  })
})
