import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import { languageOf, type Message, say } from '../../common/i18n.ts'
import { dashboard as enWords } from '../locales/en.json'
import { dashboard as jaWords } from '../locales/ja.json'
import { language } from './preferences.ts'

export type Values = Record<string, string | number | boolean>

const locales = { en: enWords, ja: jaWords }

/** The desk's words in the chosen language; reading them in a component subscribes it. */
export function words() {
  return locales[language.value]
}

/** The BCP 47 tag numbers and times are written for: the browser's own where it fits the language. */
export function tag(): string {
  return languageOf(navigator.language).language === language.value ? navigator.language : language.value
}

/** A message with its values filled in. */
export function formatMessage(message: Message, values: Values = {}): string {
  return say(message, tag(), values as Record<string, string | number>)
}

/** The value of a key of the record's own: a hostile key such as `constructor` has none. */
export function own<Value>(all: Record<string, Value>, key: string): Value | undefined {
  return Object.hasOwn(all, key) ? all[key] : undefined
}

/** Why something failed, as a sentence for a moderator. */
export function errorWords({ code, message, limit }: ErrorDetail): string {
  return formatMessage(own<string>(words().errors, code) ?? message, limit === undefined ? {} : { limit })
}

/** A rejection reason as a moderator reads it: our own codes in words, anything else as typed. */
export function reasonWords(reason: string): string {
  return own<string>(words().reasons, reason) ?? reason
}
