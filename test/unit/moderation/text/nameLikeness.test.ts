import { expect, it } from 'vitest'
import { likenessOf } from '../../../../worker/moderation/text/nameLikeness.ts'

it.each([
  ['Tarou Umino', 'TAROU UMINO'],
  ['Tarou Umino', 'tarou  umino'],
  ['Tarou Umino', 'TarouUmino'],
  ['Tarou Umino', 'Ｔａｒｏｕ　Ｕｍｉｎｏ'],
  ['Tarou Umino', 'Таrоu Umіno'],
  ['Tarou Umino', 'Tarou \u200bUmino\u2060'],
  ['Tarou Umino', 'Tar0u Um1no'],
  ['Tarou Umino', '𝐓𝐚𝐫𝐨𝐮 Umino'],
  ['Tarou Umino', 'Tárou Ümino'],
  ['Tarou Umino', 'Tarou Umino (author)'],
  ['Tarou Umino', 'Official Tarou Umino'],
  ['Ian', 'lan'],
  ['Таня', 'ТАНЯ'],
  ['Ольга', 'Oльгa'],
  ['海野太郎', '海野 太郎'],
  ['海野太郎', '海野太郎（公式）'],
  ['海野太郎', '海野太郎@運営'],
  ['カナ', 'ｶﾅ'],
])('%s is worn by %s', (name, other) => {
  expect(likenessOf(other)(name)).toBe(true)
  expect(likenessOf(name)(other)).toBe(true)
})

it.each([
  ['Tarou Umino', 'Tarou'],
  ['Mika', 'Mika Tanaka'],
  ['Mika', 'Mia'],
  ['海野太郎', '海野次郎'],
  ['かな', 'がな'],
  ['Author', 'Editor'],
  ['✨', '🎉'],
])('%s and %s are two names', (name, other) => {
  expect(likenessOf(other)(name)).toBe(false)
})

it.each([
  ['Ann Reader', 'Ann Reader2'],
  ['Ann Reader', 'Ann Reader 2'],
  ['Ann Reader', 'Ann Reader²'],
  ['Ann Reader', 'Ann Reader ②'],
  ['Ann Reader', 'Ann Reader Ⅱ'],
  ['Chi', 'Ⅽhi'],
  ['Chi', 'ⅽhⅰ'],
  ['Vic', 'Ⅴiⅽ'],
  ['Ann Reader', 'Ann Reader 2nd'],
  ['Ann Reader', 'Ann Reader_1999'],
  ['Ann Reader', '1 Ann Reader'],
  ['Ann Reader', 'Ann Reader Jr'],
  ['Ann Reader', 'Ann Reader, Jr.'],
  ['Ann Reader', 'AnnReaderJr'],
  ['Ann Reader', 'Ann Reader III'],
  ['Ann Reader', 'Ann Reader™'],
  ['Ann Reader', 'Ann  Reader.'],
  ['Ann Reader', 'Ann-Reader'],
  ['Ann Reader', 'ann_reader'],
  ['Ann Reader', 'the Ann Reader'],
  ['Ann Reader', 'The real Ann Reader Jr 2 (author)'],
  ['Ann Reader', 'Dr. Ann Reader'],
  ['Ann Reader', 'Ann R3ader'],
  ['Ann Reader', 'Аnn Rеаdеr 2'],
  ['Ann', 'Ann2'],
  ['海野太郎', '海野太郎さん'],
  ['海野太郎', '海野太郎２'],
  ['海野太郎', '海野太郎（本人）２'],
])('%s is copied by %s', (name, other) => {
  expect(likenessOf(other)(name)).toBe(true)
})

it.each([
  ['Ann', 'Anna'],
  ['Ann', 'Ann V.'],
  ['Ann', 'Ann Reader'],
  ['Ann', 'Joann'],
  ['Ann Reader', 'Ann Readers'],
  ['Ann Reader', 'Ann Read'],
  ['Ann Reader Jr', 'Ann Reader'],
  ['User 1', 'User 2'],
  ['Agent 7', 'Agent 47'],
  ['Tanaka', 'Tanabe'],
  ['Tanaka', '田中'],
  ['田中', '田中丸'],
  ['海野太郎', '海野太郎丸'],
  ['王丽', '王丽君'],
  ['Theo', 'The Odor'],
  ['Reader', 'Jr'],
  ['Reader', '2'],
])('%s is not copied by %s', (name, other) => {
  expect(likenessOf(other)(name)).toBe(false)
})
