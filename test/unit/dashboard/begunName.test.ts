import { expect, it } from 'vitest'
import { begunName, matching, written } from '../../../widget/dashboard/core/begunName.ts'

it.each<[text: string, caret: number, typed: string | null]>([
  ['@', 1, ''],
  ['See @Be', 7, 'Be'],
  ['（@太', 3, '太'],
  ['＠Ben L', 6, 'Ben L'],
  ['See @Ben', 4, null],
  ['mail@ben', 8, null],
  ['@Ben\nand', 8, null],
  ['nobody', 6, null],
])('In %j a name that is begun at %i is %j', (text, caret, typed) => {
  expect(begunName(text, caret)?.typed ?? null).toBe(typed)
})

const people = ['Aya', 'Ben Lee', 'Lena', '鈴木 太郎'].map((name) => ({ name }))

it.each<[typed: string, names: string[]]>([
  ['', ['Aya', 'Ben Lee', 'Lena', '鈴木 太郎']],
  ['le', ['Ben Lee', 'Lena']],
  ['BEN L', ['Ben Lee']],
  ['太', ['鈴木 太郎']],
  ['Ben Lee: see', []],
])('By %j one finds %j', (typed, names) => {
  expect(matching(people, typed).map(({ name }) => name)).toEqual(names)
})

it('A name that is chosen takes the place of what was typed, with one space after it', () => {
  const text = 'See @be now'
  const begun = begunName(text, 7)
  expect(begun && written(text, begun, 'Ben Lee')).toEqual({ text: 'See @Ben Lee now', caret: 12 })
  expect(written('@', { from: 0, typed: '' }, 'Aya')).toEqual({ text: '@Aya ', caret: 5 })
})
