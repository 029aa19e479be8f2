import { expect, it } from 'vitest'
import { foldedText } from '../../../worker/contract/foldedText.ts'
import { gramsOf, wantedOf } from '../../../worker/search/grams.ts'

const texts = [
  'The quick brown fox jumps over the lazy dog',
  '東京の天気は晴れのち曇り、最高気温は25℃でした。',
  'AさんとBさんがJavaScriptで書いたコード',
  '고양이가 창가에 앉아 있다',
  'Привет, как дела? Всё хорошо!',
  'ไก่จิกเด็กตายบนปากโอ่ง',
  '👩‍👩‍👧 emoji 👍🏽 and “quotes” — c++/c#',
  'ﾊﾝｶｸ ＺＥＮＫＡＫＵ ㌔',
]

it('every part of a text is found by what the index has of the text', () => {
  for (const text of texts) {
    const folded = foldedText(text)
    const grams = [...gramsOf(folded)]
    const letters = [...folded]
    for (let from = 0; from < letters.length; from++)
      for (let length = 1; length <= 6; length++) {
        const part = letters
          .slice(from, from + length)
          .join('')
          .trim()
        for (const { gram, isPrefix } of wantedOf(part)) {
          const isThere = grams.some((one) => (isPrefix ? one.startsWith(gram) : one === gram))
          expect.soft(isThere, `${part} in ${folded}, by ${gram}`).toBe(true)
        }
      }
  }
})

it('one or two characters are enough, but for a single letter of an alphabet', () => {
  expect(wantedOf('東')).toEqual([{ gram: '東', isPrefix: false }])
  expect(wantedOf('東京')).toEqual([{ gram: '東京', isPrefix: false }])
  expect(wantedOf('ok')).toEqual([{ gram: 'ok', isPrefix: true }])
  expect(wantedOf('a')).toEqual([])
})

it('a text is compared without what keyboards and fonts make different', () => {
  expect(foldedText('  Ｃａｆé\u200b\n L’Été ')).toBe("cafe l'ete")
  expect(foldedText('ﾊﾞﾝ')).toBe('バン')
})
