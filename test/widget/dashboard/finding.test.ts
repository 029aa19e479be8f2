import { expect, it } from 'vitest'
import { marksIn } from '../../../widget/dashboard/finding/marks.ts'
import { toggled, valueIn, withValue } from '../../../widget/dashboard/finding/terms.ts'
import { foldedText } from '../../../worker/contract/foldedText.ts'

it.each([
  ['Three KITTENS, one kitten', 'kitten', ['KITTEN', 'kitten']],
  ['Un café à Paris', 'cafe a', ['café à']],
  ['ＺＥＮＫＡＫＵ ﾊﾞﾝ', 'バン', ['ﾊﾞﾝ']],
  ['東京の天気', '天気', ['天気']],
  ['two   words', 'two words', ['two   words']],
  ['ﬁne', 'fine', ['ﬁne']],
  ['nothing', 'else', []],
])('marks in %s where %s stands', (text, typed, marked) => {
  expect(marksIn(text, [foldedText(typed)]).map(([from, to]) => text.slice(from, to))).toEqual(marked)
})

it('writes chips into the search, and takes them out', () => {
  expect(toggled('kitten', 'has', 'link')).toBe('kitten has:link')
  expect(toggled('kitten has:link "two words"', 'has', 'link')).toBe('kitten "two words"')
  expect(withValue('lang:ja -lang:han a', 'lang', 'thai')).toBe('-lang:han a lang:thai')
  expect(withValue('before:2026-01-01', 'before', '')).toBe('')
  expect(valueIn('-lang:ja lang:ko', 'lang')).toBe('hangul')
})
