import type { ErrorDetail } from '../../worker/contract.ts'
import { languageOf, type Message, say } from '../common/i18n.ts'
import { findings as enFindings, dashboard as enWords } from '../common/locales/en.json'
import { findings as jaFindings, dashboard as jaWords } from '../common/locales/ja.json'
import { language } from './preferences.ts'

type Values = Record<string, string | number | boolean>

const locales = { en: enWords, ja: jaWords }
const findings: Record<string, Record<string, Message>> = { en: enFindings, ja: jaFindings }

/** The desk's words in the chosen language; reading them in a component subscribes it. */
export function words() {
  return locales[language.value]
}

/** The BCP 47 tag numbers and times are written for: the browser's own where it fits the language. */
export function tag(): string {
  return languageOf(navigator.language) === language.value ? navigator.language : language.value
}

/** A message with its values filled in. */
export function tell(message: Message, values: Values = {}): string {
  return say(message, tag(), values as Record<string, string | number>)
}

/** The value of a key of the record's own: a hostile key such as `constructor` has none. */
export function own<Value>(all: Record<string, Value>, key: string): Value | undefined {
  return Object.hasOwn(all, key) ? all[key] : undefined
}

/** Why something failed, as a sentence for a moderator. */
export function errorWords({ code, message, limit }: ErrorDetail): string {
  return tell(own<string>(words().errors, code) ?? message, limit === undefined ? {} : { limit })
}

/** What a finding says, or its code where a newer worker knows more than we do. */
export function findingWords(code: string, params: Values): string {
  const all = findings[language.value] ?? {}
  const message = (params.refused ? own(all, `${code}_refused`) : undefined) ?? own(all, code)
  return message ? tell(message, params) : code
}

/** A rejection reason as a moderator reads it: our own codes in words, anything else as typed. */
export function reasonWords(reason: string): string {
  return own<string>(words().reasons, reason) ?? reason
}
