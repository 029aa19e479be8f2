import { type Language, languages } from '../../worker/contract/languages.ts'

/** A sentence with `{placeholders}` and, between bars, what is left out where there is no title; or its plural forms by the categories of `Intl.PluralRules`. */
export type Message = string | ({ other: string } & { [category in Intl.LDMLPluralRule]?: string })

/** What stands in for the placeholders. */
export type Values = Record<string, string | number>

/**
 * The language of our words for a BCP 47 tag, and the tag to format numbers and dates with: the
 * given one where it agrees with the words. Chinese goes by its script; what has no words is English.
 *
 * @param given a tag, or what POSIX makes of one: `ja_JP`, `de_DE.UTF-8`
 */
export function languageOf(given: string): { language: Language; tag: string } {
  const [tag = ''] = given.replaceAll('_', '-').match(/[\w-]*/) ?? []
  // Asking for the likely script takes a slow phone longer than drawing a comment, and Chinese alone needs it.
  const [, start = ''] = /^([a-z]{2})(?:-[a-z]{2})?$/i.exec(tag) ?? []
  const plain = languages.find((name) => name === start.toLowerCase())
  if (plain) return { language: plain, tag }
  try {
    const { language, script } = new Intl.Locale(tag).maximize()
    const known = languages.find((name) =>
      `${language}-${script} ${language} ${language}-BR`.split(' ').includes(name),
    )
    if (known) return { language: known, tag }
  } catch {}
  return { language: 'en', tag: 'en' }
}

/** Making a formatter costs a hundred times what using it does. */
const formatters = new Map<string, unknown>()

function formatter<Formatter>(name: string, make: () => Formatter): Formatter {
  if (!formatters.has(name)) formatters.set(name, make())
  return formatters.get(name) as Formatter
}

/**
 * Makes the formatters before they are needed, each in a task of its own: on a slow phone the first takes as long as
 * drawing some comments does. The collator is for what it loads: all others need that, too.
 */
export async function makeFormatters(tag: string): Promise<void> {
  const pause = () => new Promise((resolve) => setTimeout(resolve))
  await pause()
  new Intl.Collator(tag)
  await pause()
  relativeTime('1970', tag)
  await pause()
  absoluteTime('1970', tag)
  await pause()
}

/** A message in words. The value `count` picks the plural form, `zero` for none where there is one; numbers are grouped as the language does. */
export function say(message: Message, tag: string, values: Values = {}): string {
  const text =
    typeof message === 'string'
      ? message
      : (values.count === 0 && message.zero) ||
        message[formatter(tag, () => new Intl.PluralRules(tag)).select(Number(values.count))] ||
        message.other
  return text
    .replace(/\|(.*)\|/, values.title ? '$1' : '')
    .replace(/\{(\w+)\}/g, (placeholder, name) => values[name]?.toLocaleString(tag) ?? placeholder)
}

/** In minutes. */
const units = [
  ['year', 525_960],
  ['month', 43_830],
  ['day', 1_440],
  ['hour', 60],
  ['minute', 1],
] as const

/** How long ago a moment was ("3 days ago"); less than a minute, or the future, is "now". */
export function relativeTime(iso: string, tag: string, now = Date.now()): string {
  const ago = (numeric: 'always' | 'auto') =>
    formatter(tag + numeric, () => new Intl.RelativeTimeFormat(tag, { numeric }))
  const minutes = (now - Date.parse(iso)) / 60_000
  for (const [unit, size] of units)
    if (minutes >= size) return ago('always').format(-Math.floor(minutes / size), unit)
  return ago('auto').format(0, 'second')
}

/** A moment with its date and time, in the reader's time zone. */
export function absoluteTime(iso: string, tag: string): string {
  return date(iso, tag, { dateStyle: 'long', timeStyle: 'short' })
}

/** The day of a moment, in UTC: for whoever's reader is not known. */
export function dayOf(iso: string, tag: string): string {
  return date(iso, tag, { dateStyle: 'medium', timeZone: 'UTC' })
}

function date(iso: string, tag: string, style: Intl.DateTimeFormatOptions): string {
  const name = tag + style.dateStyle
  return formatter(name, () => new Intl.DateTimeFormat(tag, style)).format(new Date(iso))
}
