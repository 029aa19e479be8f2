import { describe, expect, it } from 'vitest'
import { strongestTerms } from '../../../../worker/moderation/learner/terms.ts'
import { fold } from '../../../../worker/moderation/text/normalize.ts'
import { inEnglish, inJapanese, type Told } from './corpus.ts'
import { lessonsOf, modelOf, opinionOf } from './lessons.ts'

const english = modelOf(lessonsOf(inEnglish(300)))
const japanese = modelOf(lessonsOf(inJapanese(150)))

describe('The strongest terms', () => {
  it.each([
    ['My neighbour read about the casino, the result was lovely', 'casino'],
    ['The bread was lovely, Telegram is where I found it', 'telegram'],
    ['The river path took the whole afternoon, profit guaranteed', 'guaranteed'],
  ])('of %j towards spam have the word %s', (text, decisive) => {
    const terms = strongestTerms(english, fold(text), 1)
    expect(terms).toContain(decisive)
  })

  it.each([
    ['Click here for the museum', 'museum'],
    ['Join now at the library', 'library'],
  ])('of %j towards fine have the word %s', (text, decisive) => {
    expect(strongestTerms(english, fold(text), -1)).toContain(decisive)
  })

  it.each([
    ['昨日の味噌汁はカジノでした', 1, 'カジノ'],
    ['祖母の話では投資が無料です', 1, '投資'],
    ['祖母の写真を登録', 1, '登録'],
    ['今すぐ登録、無料の図書館', -1, '図書館'],
  ] as const)('of the Japanese %s, way %i, have the word %s', (text, way, word) => {
    expect(strongestTerms(japanese, fold(text), way)).toContain(word)
  })

  it('are words of the text, at most three, none twice, and each moves the score that way', () => {
    const all: [typeof english, Told[]][] = [
      [english, inEnglish(60, 9)],
      [japanese, inJapanese(60, 9)],
    ]
    for (const [model, told] of all)
      for (const { text } of told)
        for (const way of [1, -1] as const) {
          const terms = strongestTerms(model, fold(text), way)
          expect(terms.length).toBeLessThanOrEqual(3)
          expect(new Set(terms).size).toBe(terms.length)
          for (const term of terms) expect(fold(text)).toContain(term)
        }
  })

  it('of a judgement are towards its band', () => {
    const pitch = 'Click here for the casino bonus, guaranteed profit! Message me on Telegram t.me/richclub'
    const praise = 'We repaired the bicycle wheel and the result was lovely, as far as I remember.'
    expect(opinionOf(english, pitch)).toMatchObject({
      band: 'spam',
      terms: strongestTerms(english, fold(pitch), 1),
    })
    expect(opinionOf(english, praise)).toMatchObject({
      band: 'fine',
      terms: strongestTerms(english, fold(praise), -1),
    })
    expect(strongestTerms(english, fold(praise), -1)).not.toEqual(strongestTerms(english, fold(praise), 1))
  })

  it('of a judgement are of a text that is surely fine once enough was decided', () => {
    const few = modelOf(lessonsOf(inEnglish(45)))
    const praise = 'We repaired the bicycle wheel and the result was lovely, as far as I remember.'
    expect(opinionOf(few, praise)).toMatchObject({ band: 'fine' })
    expect(opinionOf(few, praise)).not.toHaveProperty('sure')
    expect(opinionOf(english, praise)).toMatchObject({ band: 'fine', sure: true })
    expect(opinionOf(english, 'Click here for the casino bonus, guaranteed profit!')).not.toHaveProperty(
      'sure',
    )
  })

  it.each(['', '👍👍', '123 456', 'a b', '\ud800'])('of %j are none', (text) => {
    expect(strongestTerms(english, fold(text), 1)).toEqual([])
  })
})
