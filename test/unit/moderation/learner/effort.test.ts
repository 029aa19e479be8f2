import { describe, expect, it, vi } from 'vitest'
import { read } from '../../../../worker/moderation/learner/lessons.ts'
import { signsOf } from '../../../../worker/moderation/learner/markers.ts'
import { sequence } from '../../../../worker/moderation/learner/regression.ts'

const longest = 4000
const pieces = [
  'a',
  'A',
  '1',
  '<',
  '(',
  '.',
  '@',
  ' ',
  '!',
  '-',
  '/',
  'www.',
  'http://',
  '\u00ad',
  '\u200b',
  '\ufdfa',
  '\u0301',
  '漢',
  'カ',
  'б',
  '😀',
]

/** Texts made of any two pieces, once, in turn or one long after the other, as long as is read. */
const hostile = pieces.flatMap((one) =>
  pieces.flatMap((other) => [
    (one + other).repeat(longest).slice(0, longest),
    (one + other.repeat(499)).repeat(8).slice(0, longest),
    one + other.repeat(longest).slice(0, longest - one.length),
  ]),
)

/** Alphabets of a few signs and of many, with and without spaces between words. */
const alphabets = [
  'ab',
  'ab .',
  'abcdefghijklmnopqrstuvwxyz .,!?',
  String.fromCharCode(...Array.from({ length: 2000 }, (_, at) => 0x4e00 + at)),
  String.fromCharCode(...Array.from({ length: 500 }, (_, at) => 0x0401 + at)),
]

function random(alphabet: string): string {
  const next = sequence(alphabet.length)
  return Array.from({ length: longest }, () => alphabet[Math.floor(next() * alphabet.length)]).join('')
}

/** The patterns that some work looks at texts with. */
function patternsOf(work: () => void): RegExp[] {
  const found = new Map<string, RegExp>()
  const { exec } = RegExp.prototype
  const spy = vi.spyOn(RegExp.prototype, 'exec').mockImplementation(function (this: RegExp, text: string) {
    found.set(String(this), this)
    return exec.call(this, text)
  })
  work()
  spy.mockRestore()
  return [...found.values()]
}

/** How often a pattern may repeat what it repeats, at most; groups of characters aside. */
function mostRepeats({ source }: RegExp): number {
  const bare = source
    .replace(/\\[pP]\{[^}]*\}|\\u\{[^}]*\}/g, 'x')
    .replace(/\\./g, 'x')
    .replace(/\[[^\]]*\]/g, 'x')
  if (/[*+]|\{\d+,\}/.test(bare)) return Number.POSITIVE_INFINITY
  return Array.from(bare.matchAll(/\{(?:\d+,)?(\d+)\}/g), ([, most]) => Number(most)).reduce(
    (all, most) => all * (most + 1),
    1,
  )
}

describe('Whatever a text says', () => {
  it('its signs are looked for with patterns whose repeats are bounded', () => {
    const patterns = patternsOf(() => {
      for (const text of ['', ...hostile.slice(0, 50)]) signsOf(text)
    })
    expect(patterns.length).toBeGreaterThan(10)
    expect(patterns.filter((pattern) => mostRepeats(pattern) > 1000)).toEqual([])
    expect([/a+b/, /a*/, /(?:a{2,})b/, /[+]\+[*]{4}/].map(mostRepeats)).toEqual([
      Infinity,
      Infinity,
      Infinity,
      5,
    ])
  })

  it('it has no more features than twelve for each unit that is read, all parts together', () => {
    const texts = [...hostile.filter((_, at) => at % 40 === 0), ...alphabets.map(random)]
    const counts = texts.map((text) => {
      const { whole, parts } = read(text)
      return [whole, ...parts].reduce(
        (sum, { grams, words, pairs }) => sum + grams.length + words.length + pairs.length,
        0,
      )
    })
    expect(Math.max(...counts)).toBeGreaterThan(4 * longest)
    expect(Math.max(...counts)).toBeLessThan(12 * longest)
  })
})
