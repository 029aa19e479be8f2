import { describe, expect, it } from 'vitest'
import { textChanges } from '../../../widget/dashboard/ui/textChanges.ts'

const told = (before: string, after: string) =>
  textChanges(before, after)
    .map(({ kind, text }) => ({ same: text, added: `+[${text}]`, removed: `-[${text}]` })[kind])
    .join('')

describe('What changed from one text to the next', () => {
  it.each([
    ['one two three', 'one two three', 'one two three'],
    ['The train is late', 'The bus is late', 'The +[bus]-[train] is late'],
    ['See the table', 'See the table at https://a.example', 'See the table+[ at https://a.example]'],
    ['電車は毎時一本です', '電車は毎時二本です', '電車は毎時+[二本]-[一本]です'],
    ['one two', 'three four', '+[three four]-[one two]'],
    [
      'in 1998, not 1989.',
      'in 1998. See https://a.example/1998',
      'in 1998+[. See https://a.example/1998]-[, not 1989.]',
    ],
    ['', 'new', '+[new]'],
  ])('“%s” to “%s” is told by words, what was added first', (before, after, expected) => {
    expect(told(before, after)).toBe(expected)
  })

  it('leaves both texts as they are', () => {
    const [before, after] = ['a  b c\n\nd', 'a b  x\nd e']
    const parts = textChanges(before, after)
    const without = (kind: string) =>
      parts.flatMap((part) => (part.kind === kind ? [] : [part.text])).join('')
    expect([without('added'), without('removed')]).toEqual([before, after])
  })
})
