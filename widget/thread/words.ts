import type { ErrorDetail, Own } from '../../worker/contract.ts'
import { languageOf, localeOf, type Message, say, type Values } from '../common/i18n.ts'
import * as en from '../common/locales/en.json'
import * as ja from '../common/locales/ja.json'

const locales = {
  en: { ...en.thread, ...en.errors, ...en.reasons },
  ja: { ...ja.thread, ...ja.errors, ...ja.reasons },
}

export type Word = keyof typeof locales.en
export type Say = (word: Word, values?: Values) => string

/** The thread's words for a BCP 47 tag, and the tag to format numbers and dates in. */
export function wordsFor(lang: string): { say: Say; tag: string } {
  const words: Record<Word, Message> = locales[languageOf(lang)]
  const tag = localeOf(lang)
  return { tag, say: (word, values) => say(words[word], tag, values) }
}

const known = (word: string): word is Word => Object.hasOwn(locales.en, word)

/** What went wrong, in words. */
export function sayError(
  { say }: { say: Say },
  { code, limit = 0 }: Pick<ErrorDetail, 'code' | 'limit'>,
): string {
  return say(known(code) ? code : 'internal', { limit })
}

/** How one's own comment stands; a reason without words here is shown as the moderator typed it. */
export function sayStatus({ say }: { say: Say }, { status, reason = '' }: Own): string {
  return known(status) ? say(status, { reason: known(reason) ? say(reason) : reason }) : ''
}
