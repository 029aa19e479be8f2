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
