import { describe, expect, it } from 'vitest'
import { windowsOf } from '../../../../worker/moderation/learner/windows.ts'
import { fold } from '../../../../worker/moderation/text/normalize.ts'
import { inEnglish, inJapanese, type Told, texts } from './corpus.ts'
import { bandsOf, lessonsOf, modelOf } from './lessons.ts'

describe('The parts of a text', () => {
  it.each(['', 'Short.', 'x'.repeat(100)])('are none where it is short: case %#', (text) => {
    expect(windowsOf(text)).toEqual([])
  })

  it('are its sentences, and stretches that leave nothing out', () => {
    const text = fold(texts(inEnglish(20), 'fine').join(' '))
    const parts = windowsOf(text)
    const covered = new Set<number>()
    for (const part of parts) {
      const from = text.indexOf(part)
      // Of sentences that are looked at together the space between is lost.
      if (from < 0) expect(text.replaceAll(' ', '')).toContain(part.replaceAll(' ', ''))
      else for (let at = from; at < from + part.length; at++) covered.add(at)
    }
    expect([...text].filter((sign, at) => !covered.has(at) && sign !== ' ')).toEqual([])
    for (const part of parts) expect(part.length).toBeLessThanOrEqual(160)
  })

  it('begin at words, where there are spaces', () => {
    const text = Array.from({ length: 60 }, (_, at) => `word${at}`).join(' ')
    const parts = windowsOf(text)
    expect(parts.length).toBeGreaterThan(5)
    for (const part of parts) expect(` ${text}`).toContain(` ${part}`)
  })

  it('are sentences in Japanese too', () => {
    const sentences = [
      'とても勉強になりました、感謝します。',
      'また読みに来ますのでよろしく！',
      '続きを楽しみにしています。',
    ]
    expect(windowsOf(sentences.join(''))).toEqual(sentences)
  })

  it('are bounded in number', () => {
    expect(windowsOf('a. b! '.repeat(700).slice(0, 4000)).length).toBeLessThan(200)
    expect(windowsOf('good words here. '.repeat(235)).length).toBeLessThan(400)
  })
})

const languages: [name: string, write: (ofEach: number, seed?: number) => Told[], joint: string][] = [
  ['English', inEnglish, ' '],
  ['Japanese', inJapanese, ''],
]

describe.each(languages)('Spam in %s', (_, write, joint) => {
  const model = modelOf(lessonsOf(write(150)))
  const good = texts(write(300, 5), 'fine')
  const spam = texts(write(40, 98), 'spam').filter((text) => bandsOf(model, [text])[0] === 'spam')
  const about = (at: number, count: number) =>
    Array.from({ length: count }, (_, next) => good[(at * 5 + next) % good.length]).join(joint)

  it('is known as such by itself', () => {
    expect(spam.length).toBeGreaterThan(20)
  })

  it.each([1, 3, 10])('padded with %i good sentences before and after is not taken for fine', (count) => {
    const padded = spam.map((text, at) => [about(at, count), text, about(at + 1, count)].join(joint))
    expect(bandsOf(model, padded)).not.toContain('fine')
  })

  it.each([10, 60])('padded with %i good words before and after is not taken for fine', (count) => {
    const words = good.join(' ').match(joint === ' ' ? /[a-z]{2,}/gi : /[^\s。？！、]{2,4}/g) ?? []
    const some = (at: number) => words.slice(at * 3, at * 3 + count).join(joint)
    const padded = spam.map((text, at) => [some(at), text, some(at + 60)].join(joint))
    const passed = bandsOf(model, padded).filter((band) => band === 'fine')
    expect(passed.length).toBeLessThanOrEqual(0.05 * padded.length)
  })

  it('is not seen in long good comments', () => {
    const long = good.slice(0, 60).map((_, at) => about(at, 3))
    expect(bandsOf(model, long).filter((band) => band === 'spam').length).toBeLessThan(0.1 * long.length)
  })
})
