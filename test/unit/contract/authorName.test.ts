import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { authorName } from '../../../worker/contract/authorName.ts'

const kept = (name: string) => v.safeParse(authorName, name).output

describe('A name', () => {
  it.each([
    'Nguyễn Thị Ánh'.normalize('NFD'),
    'สมชาย ใจดี',
    'น้ำผึ้ง ก๊วยเตี๋ยว',
    'प्रियंका श्रीवास्तव',
    'मुहम्मद फ़ैज़ँ',
    'مُحَمَّدٌ ٱلْأَمِين',
    'يُوسُف عَبْدُ ٱللَّٰه',
    'דָּוִד בֶּן־גּוּרִיּוֹן',
    'בְּרֵאשִׁ֖ית',
    'ကြွေးကြော်',
    'བསྒྲུབས',
    'ស្រីមុំ',
    'ᾧ Ἀθηνᾶ'.normalize('NFD'),
    'Đặng Thuỳ Trâm',
    'がぎぐ'.normalize('NFD'),
    '김민준'.normalize('NFD'),
    'Mika 1️⃣ 👩‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿',
    '海野　太郎',
    'علی\u200cرضا',
    'שלום \u200f(א)',
  ])('stays as its script has it: %s', (name) => {
    expect(kept(name)).toBe(name)
  })

  it.each([
    ['\u202eevitcefni\u202c', 'evitcefni'],
    ['\u2066Mika\u2069 \u200f', 'Mika'],
    ['Mi\u200eka\u061c', 'Mika'],
    ['\u202bדוד\u202c', 'דוד'],
    ['a\u206ab', 'ab'],
  ])('loses what only turns its direction: %j', (name, plain) => {
    expect(kept(name)).toBe(plain)
  })
})
