import { time as en } from './locales/en.json'
import { time as ja } from './locales/ja.json'

/** The languages there are words for. */
export type Language = 'en' | 'ja'

/** A sentence with `{placeholders}`, or its plural forms by the categories of `Intl.PluralRules`. */
export type Message = string | ({ other: string } & { [category in Intl.LDMLPluralRule]?: string })

/** What stands in for the placeholders. */
export type Values = Record<string, string | number>

/** The language of our words for a BCP 47 tag: Japanese for Japanese, else English. */
export function languageOf(tag: string): Language {
  return /^ja\b/i.test(tag) ? 'ja' : 'en'
}

/** The tag to format numbers and dates with: the given one where it agrees with the words, else the words' own. */
export function localeOf(tag: string): string {
  return /^(ja|en)-[a-z]{2}$/i.test(tag) ? tag : languageOf(tag)
}

/** A message in words. The value `count` picks the plural form; numbers are grouped as the language does. */
export function say(message: Message, tag: string, values: Values = {}): string {
  const text =
    typeof message === 'string'
      ? message
      : (message[new Intl.PluralRules(tag).select(Number(values.count))] ?? message.other)
  return text.replace(/\{(\w+)\}/g, (placeholder, name) => values[name]?.toLocaleString(tag) ?? placeholder)
}

/** In minutes. */
const units = [
  ['year', 525_960],
  ['month', 43_830],
  ['day', 1_440],
  ['hour', 60],
  ['minute', 1],
] as const

/** How long ago a moment was ("3 days ago"); less than a minute, or the future, is "just now". */
export function relativeTime(iso: string, tag: string, now = Date.now()): string {
  const minutes = (now - Date.parse(iso)) / 60_000
  for (const [unit, size] of units)
    if (minutes >= size) return new Intl.RelativeTimeFormat(tag).format(-Math.floor(minutes / size), unit)
  return { en, ja }[languageOf(tag)].now
}

/** A moment with its date and time, in the reader's time zone. */
export function absoluteTime(iso: string, tag: string): string {
  return new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeStyle: 'short' }).format(new Date(iso))
}
