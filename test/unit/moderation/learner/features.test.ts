import { describe, expect, it } from 'vitest'
import { buckets, featuresOf, values, wordBuckets } from '../../../../worker/moderation/learner/features.ts'

describe('The features of a text', () => {
  it('are its n-grams of 1 to 4 with a mark at each end, each once', () => {
    expect(featuresOf('ab', 0).grams).toHaveLength(4 + 3 + 2 + 1)
    expect(featuresOf('aaaaaaaa', 0).grams.length).toBeLessThan(featuresOf('abcdefgh', 0).grams.length)
  })

  it('are its words, each once, and the pairs of neighbours', () => {
    const { words, pairs } = featuresOf('free money, free money', 0)
    expect([...words]).toEqual([...wordBuckets('free'), ...wordBuckets('money')])
    expect(pairs).toHaveLength(2)
    expect(featuresOf('money free', 0).pairs).not.toEqual(featuresOf('free money', 0).pairs)
  })

  it.each([
    ['東京都', 2, 0],
    ['カジノ', 2, 0],
    ['稼ぐ', 1, 0],
    ['無料 bonus money', 3, 1],
    ['bonus無料money', 3, 0],
    ['สล็อต', 4, 0],
  ])('of %s are %i words, two letters each where there are no spaces, and %i pairs', (text, words, pairs) => {
    expect(featuresOf(text, 0).words).toHaveLength(words)
    expect(featuresOf(text, 0).pairs).toHaveLength(pairs)
    expect([...wordBuckets(text)]).toEqual([...featuresOf(text, 0).words])
  })

  it('lie evenly among the buckets', () => {
    const all = Array.from({ length: 6000 }, (_, at) => wordBuckets(`word${at}`)[0] as number)
    expect(all.every((bucket) => Number.isInteger(bucket) && bucket >= 0 && bucket < buckets)).toBe(true)
    // Of 6,000 balls in 32,768 bins, about 5,480 bins have one or more.
    expect(Math.abs(new Set(all).size - 5480)).toBeLessThan(120)
  })

  it('have unit length together, however long the text is', () => {
    for (const text of ['a', 'some words here', '味噌汁の作り方', 'many words '.repeat(100)]) {
      const features = featuresOf(text, 0)
      const { gram, word } = values(features)
      const named = features.words.length + features.pairs.length
      expect(features.grams.length * gram ** 2 + named * word ** 2).toBeCloseTo(1, 9)
    }
  })

  it('of nothing are but the marks, and of a hostile text bounded', () => {
    expect(featuresOf('', 0)).toMatchObject({ words: new Uint16Array(), pairs: new Uint16Array(), signs: 0 })
    expect(featuresOf('a! '.repeat(50_000), 0).grams.length).toBeLessThan(100)
    const varied = Array.from({ length: 20_000 }, (_, at) => at.toString(36)).join(' ')
    expect(featuresOf(varied.slice(0, 4000), 0).grams.length).toBeLessThanOrEqual(4 * 4002)
  })
})
