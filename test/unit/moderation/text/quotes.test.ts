import { describe, expect, it } from 'vitest'
import { hasQuote, isQuoted, quotable } from '../../../../worker/moderation/text/quotes.ts'

const english = 'The northern path was closed in winter, and **nobody** of the council says why.'
const japanese =
  '北の道は冬のあいだ閉鎖されていて、その理由を役所のだれも説明していません。だから困っています。'

describe('A text that others may quote', () => {
  it.each([
    ['a line of it as a quote', english, '> was closed in winter\n\nSo?', true],
    ['a quote within a quote', english, '> > was closed in winter', true],
    ['in other case and width', english, '> WAS CLOSED IN ＷＩＮＴＥＲ', true],
    ['its words without its marks', english, 'they say and nobody of the council says why', true],
    [
      'of another script',
      japanese,
      '「北の道は冬のあいだ閉鎖されていて、その理由を役所のだれも説明していません」とのこと',
      true,
    ],
    ['a quoted word alone', english, '> winter', false],
    ['a few words alike', english, 'The path was closed.', false],
    ['a quote of something else', english, '> something else altogether', false],
    ['nothing', '', '> x\n\nWhatever is said here is of no other text at all.', false],
  ])('is found as %s: %#', (_, source, other, expected) => {
    expect(isQuoted(quotable(source), other)).toBe(expected)
  })

  it('is looked through in time by its length', () => {
    const long = 'ab '.repeat(20_000)
    expect(isQuoted(quotable(long), `${'> '.repeat(20_000)}\n${'c'.repeat(60_000)}`)).toBe(false)
  })
})

it('A quote is a line that begins with its sign, and has words', () => {
  expect(['> x', '  >x', 'a > b', '>', '    > code'].map(hasQuote)).toEqual([true, true, false, false, false])
})
