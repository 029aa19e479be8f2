import * as v from 'valibot'

const wellFormed = v.check((text: string) => text.isWellFormed(), 'invalid')

/** At most so many code points. */
const upTo = (limit: number) =>
  v.check((text: string) => text.length <= limit || [...text].length <= limit, `too_long ${limit}`)

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
const control = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/

/** Text of any lines, kept exactly as it is. */
export const paragraphs = (limit: number) => v.pipe(v.string(), wellFormed, upTo(limit))

/** One line of text without control characters, trimmed. */
export const line = (limit: number) =>
  v.pipe(
    v.string(),
    wellFormed,
    v.trim(),
    upTo(limit),
    v.check((text) => !control.test(text), 'invalid'),
  )

/** Something that can be seen: not only spaces and invisible characters. */
export const visible = v.check(
  (text: string) => /[^\s\p{C}\p{Z}\p{M}\u115f\u1160\u3164\uffa0]/u.test(text),
  'missing',
)

/** A whole number in a range. */
export const count = (least: number, most: number) =>
  v.pipe(v.number(), v.integer('invalid'), v.minValue(least, 'invalid'), v.maxValue(most, 'invalid'))

/** A number in a range. */
export const amount = (least: number, most: number) =>
  v.pipe(v.number(), v.minValue(least, 'invalid'), v.maxValue(most, 'invalid'))

/** A time zone by its name in the IANA database. */
export const timeZone = v.pipe(
  line(100),
  v.check((name) => {
    try {
      return /^[A-Za-z]/.test(name) && Intl.DateTimeFormat('en', { timeZone: name }) !== null
    } catch {
      return false
    }
  }, 'invalid'),
)
