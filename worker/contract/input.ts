import * as v from 'valibot'
import { limits } from './limits.ts'
import { isPublicHost } from './publicHost.ts'

const wellFormed = v.check((text: string) => !/\p{Surrogate}/u.test(text), 'invalid')

/** At most so many code points. */
/* @__NO_SIDE_EFFECTS__ */
const upTo = (limit: number) =>
  v.check((text: string) => text.length <= limit || [...text].length <= limit, `too_long ${limit}`)

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
const control = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/

/** Text of any lines, kept exactly as it is. */
/* @__NO_SIDE_EFFECTS__ */
export const paragraphs = (limit: number) => v.pipe(v.string(), wellFormed, upTo(limit))

/** One line of text without control characters, trimmed. */
/* @__NO_SIDE_EFFECTS__ */
export const line = (limit: number) =>
  v.pipe(
    v.string(),
    wellFormed,
    v.trim(),
    upTo(limit),
    v.check((text) => !control.test(text), 'invalid'),
  )

/** Whether a text holds something that can be seen: not only spaces, blank signs and invisible characters. */
export const isVisible = (text: string) =>
  /[^\s\p{C}\p{Z}\p{M}\p{Default_Ignorable_Code_Point}\u2800\u{1d159}]/u.test(text)

/** Something that can be seen. */
export const visible = v.check(isVisible, 'missing')

export const uuid = v.pipe(
  v.string(),
  v.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 'invalid'),
  v.toLowerCase(),
)

/** What people type for a website: `blog.example` is `https://blog.example`. */
/* @__NO_SIDE_EFFECTS__ */
export const website = (schema: v.GenericSchema<string, string>) =>
  v.pipe(
    v.string(),
    v.transform((text) =>
      /^[\p{L}\p{M}\p{N}_-]+(\.[\p{L}\p{M}\p{N}_-]+)+([/:?#]|$)/u.test(text.trim())
        ? `https://${text.trim()}`
        : text,
    ),
    schema,
  )

/** What an address may not say as it is: it would end where the address is quoted. */
const unquotable = /[\s<>"'`\\]/g

/** An http or https address without credentials. What may not stand in one as it is gets escaped. */
export const webAddress = v.pipe(
  line(limits.url),
  v.check((text) => {
    if (!/^https?:\/\/[^/\\]/i.test(text) || !URL.canParse(text)) return false
    const url = new URL(text)
    return !url.username && !url.password
  }, 'invalid'),
  v.transform((text) =>
    text.search(unquotable) < 0 ? text : new URL(text).href.replace(unquotable, escapedCharacter),
  ),
)

/** The same on a host that anybody on the internet finds. */
export const publicAddress = v.pipe(
  webAddress,
  v.check((text) => isPublicHost(new URL(text).hostname), 'invalid'),
)

const escapedCharacter = (character: string) =>
  `%${character.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`

/** An optional field in which an empty text means none. */
/* @__NO_SIDE_EFFECTS__ */
export const optional = (schema: v.GenericSchema<string, string>) =>
  v.pipe(
    v.nullish(v.string(), ''),
    v.rawTransform(({ dataset, addIssue, NEVER }): string | null => {
      if (dataset.value.trim() === '') return null
      const result = v.safeParse(schema, dataset.value, { abortEarly: true })
      if (result.success) return result.output || null
      addIssue({ message: result.issues[0].message })
      return NEVER
    }),
  )

/** A whole number in a range. */
/* @__NO_SIDE_EFFECTS__ */
export const count = (least: number, most: number) =>
  v.pipe(v.number(), v.integer('invalid'), v.minValue(least, 'invalid'), v.maxValue(most, 'invalid'))

/** A number in a range. */
/* @__NO_SIDE_EFFECTS__ */
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

/** A time in ISO 8601, as milliseconds since the epoch. */
export const time = v.pipe(
  v.string(),
  v.check((text) => /^\d{4}-\d{2}-\d{2}T/.test(text) && !Number.isNaN(Date.parse(text)), 'invalid'),
  v.transform(Date.parse),
)

/** A whole number as a query says it: at most 15 digits, which a number holds exactly. */
export const digits = v.pipe(v.string(), v.regex(/^\d{1,15}$/, 'invalid'), v.transform(Number))

/** The id of a site, where a request names it. */
export const siteId = line(100)
