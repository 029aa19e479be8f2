import { expect, it } from 'vitest'
import { parseSearch, type SearchTerm, searchText, startOf } from '../../../worker/contract/searchQuery.ts'

const term = (value: string, operator: SearchTerm['operator'] = 'text', not = false) => ({
  operator,
  value,
  not,
})

it.each([
  ['two words', [term('two'), term('words')]],
  ['"two words" -third', [term('two words'), term('third', 'text', true)]],
  ['“curly quotes”', [term('curly quotes')]],
  ['"not closed', [term('not closed')]],
  ['author:"Ann Lee" Site:blog', [term('Ann Lee', 'author'), term('blog', 'site')]],
  ['-status:spam STATUS:Approved', [term('spam', 'status', true), term('approved', 'status')]],
  ['－is：reported　猫', [term('reported', 'is', true), term('猫')]],
  ['lang:ja lang:latin', [term('japanese', 'lang'), term('latin', 'lang')]],
  ['before:2026-05 after:2025/12/31', [term('2026-05', 'before'), term('2025/12/31', 'after')]],
  ['reason:off_topic has:link', [term('off_topic', 'reason'), term('link', 'has')]],
  ['https://a.example/ 12:30 well-known', [term('https://a.example/'), term('12:30'), term('well-known')]],
  ['"author:ann"', [term('author:ann')]],
  ['page:/post link:a.example', [term('/post', 'page'), term('a.example', 'link')]],
  [' - "" ', []],
])('reads %s', (typed, terms) => {
  const parsed = parseSearch(typed)
  expect(parsed).toEqual({ terms, problem: null })
  expect(parseSearch(searchText(terms))).toEqual(parsed)
})

it.each([
  ['auther:ann', 'unknown_operator'],
  ['text:ann', 'unknown_operator'],
  ['constructor:x', 'unknown_operator'],
  ['status:held', 'unknown_value'],
  ['is:', 'no_value'],
  ['before:2026-02-30', 'unknown_value'],
  ['after:soon', 'unknown_value'],
  ['lang:klingon', 'unknown_value'],
  ['a '.repeat(21), 'too_many'],
])('says what is wrong with %s', (typed, code) => {
  expect(parseSearch(typed).problem?.code).toBe(code)
})

it('reads years, months and days', () => {
  const day = (value: string) => new Date(startOf(value) ?? 0).toISOString().slice(0, 10)
  expect(['2026', '2026-05', '2026-5-3', '2024/02/29'].map(day)).toEqual([
    ...['2026-01-01', '2026-05-01', '2026-05-03', '2024-02-29'],
  ])
})
