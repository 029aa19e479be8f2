import { describe, expect, it } from 'vitest'
import {
  agreement,
  leastAgreement,
  partsOf,
  readSignature,
  type Signature,
  signatureOf,
  writeSignature,
} from '../../../../worker/moderation/text/minHash.ts'
import { fold } from '../../../../worker/moderation/text/normalize.ts'

const sign = (text: string) => signatureOf(fold(text)) as Signature
const text =
  'Earn from home with our proven system: no experience needed, weekly payments, and a bonus for everyone who starts before Friday.'
const japanese =
  '在宅ワークで月三十万円を稼ぐ方法を無料で公開しています。興味のある方は今すぐ固定の投稿をご覧ください。先着百名様限定です。'

describe('Signatures', () => {
  it.each([
    ['the same text', text, text],
    ['other case and spaces', text, text.toUpperCase().replaceAll(' ', '  ')],
    ['another link', `${text} https://a.example/x1`, `${text} https://b.example/y22?z=3`],
    ['another domain', `${text} casino.example`, `${text} win.other.example/now`],
    ['other numbers', `${text} Call 555 0100`, `${text} Call 12 34567`],
    ['look-alike letters', text, text.replaceAll('o', 'о')],
    ['a word more', text, `${text} Hurry!`],
    ['a sign less', japanese, japanese.replace('。', '')],
  ])('agree for %s', (_, one, other) => {
    expect(agreement(sign(one), sign(other))).toBeGreaterThanOrEqual(leastAgreement)
  })

  it.each([
    [
      'other words',
      text,
      'I tried this last year and it did not work for me at all, but thank you for writing it up so clearly.',
    ],
    ['another language', text, japanese],
    [
      'the same words in a text of others',
      text,
      `${text.slice(0, 60)} ${'I never said that, nor would I ever think of it. '.repeat(5)}`,
    ],
    [
      'a common greeting',
      'Thank you for this article, I had been looking for the second part.',
      'Thank you for this article, though the photos did not load on my phone.',
    ],
  ])('do not agree for %s', (_, one, other) => {
    expect(agreement(sign(one), sign(other))).toBeLessThan(leastAgreement)
  })

  it('agree as often as the texts have 4-grams in common, long ones too', () => {
    const words = (from: number, to: number) =>
      Array.from(
        { length: to - from },
        (_, index) =>
          `word${String.fromCharCode(97 + ((from + index) % 26), 97 + (((from + index) / 26) | 0))}`,
      ).join(' ')
    const [one, alike, unlike] = [words(0, 400), words(20, 420), words(420, 600)].map(sign) as [
      Signature,
      Signature,
      Signature,
    ]
    expect(agreement(one, alike)).toBeGreaterThanOrEqual(leastAgreement)
    expect(agreement(one, unlike)).toBeLessThan(8)
  })

  it.each([
    '',
    'Thank you!',
    'ありがとうございます、とても勉強になりました',
    `see https://a.example/${'x'.repeat(60)}`,
    `call ${'5'.repeat(60)}`,
  ])('are not made of too little: %j', (short) => {
    expect(signatureOf(fold(short))).toBeNull()
  })

  it('are the same when written and read', () => {
    for (const one of [text, japanese]) {
      const written = writeSignature(sign(one))
      expect(written).toMatch(/^[0-9a-f]{64}$/)
      expect(readSignature(written)).toEqual(sign(one))
    }
  })

  it('have four parts, one in common wherever three places differ, and nearly always where four do', () => {
    const one = sign(text)
    expect(partsOf(one).join('')).toBe(writeSignature(one))
    const isFound = (places: number[]) => {
      const other = partsOf(one.map((value, place) => (places.includes(place) ? value ^ 1 : value)))
      return partsOf(one).some((part, quarter) => part === other[quarter])
    }
    const found = { three: true, four: 0, fours: 0 }
    for (let a = 0; a < 16; a++)
      for (let b = a; b < 16; b++)
        for (let c = b; c < 16; c++) {
          found.three &&= isFound([a, b, c])
          for (let d = c + 1; a < b && b < c && d < 16; d++) {
            found.fours++
            if (isFound([a, b, c, d])) found.four++
          }
        }
    expect(found.three).toBe(true)
    expect(found.four / found.fours).toBeGreaterThan(0.85)
  })

  it('seldom share a part by chance', () => {
    let seed = 3
    const letter = () => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0
      return String.fromCharCode(0x3041 + Math.floor((seed / 2 ** 32) * 80))
    }
    const all = Array.from({ length: 100 }, () => sign(Array.from({ length: 3000 }, letter).join('')))
    expect(all.flat().every((value) => Number.isInteger(value) && value >= 0 && value < 65_536)).toBe(true)
    expect(new Set(all.flat()).size).toBeGreaterThan(1500)
    expect(new Set(all.flatMap(partsOf)).size).toBeGreaterThan(396)
  })
})
