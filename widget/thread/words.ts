import type { ErrorDetail, Own } from '../../worker/contract.ts'
import { languageOf, localeOf, type Message, say, type Values } from '../common/i18n.ts'
import { thread as en } from '../common/locales/en.json'
import { thread as ja } from '../common/locales/ja.json'
import type * as Late from './parts/en.ts'

/** Words that are there from the start, and those that come with a part of the script. */
export type Word = keyof typeof en | keyof typeof Late.own | keyof typeof Late.errors

export type Say = (word: Word, values?: Values) => string

/** A language as far as it is loaded. */
export interface Words {
  say: Say
  knows(word: string): word is Word
  /** The tag to format numbers and dates in. */
  tag: string
}

const words: Record<'en' | 'ja', Record<string, Message>> = { en: { ...en }, ja: { ...ja } }
const parts = { en: () => import('./parts/en.ts'), ja: () => import('./parts/ja.ts') }

/** The thread's words for a BCP 47 tag. */
export function wordsFor(lang: string): Words {
  const known = words[languageOf(lang)]
  const tag = localeOf(lang)
  return {
    tag,
    say: (word, values) => say(known[word] ?? '', tag, values),
    knows: (word): word is Word => Object.hasOwn(known, word),
  }
}

/** Loads the words that reading and posting can do without. Rejects when they cannot be had now. */
export async function completeWords({ tag }: Words): Promise<void> {
  const language = languageOf(tag)
  const { errors, own, reasons } = await parts[language]()
  Object.assign(words[language], errors, own, reasons)
}

export type Failure = Pick<ErrorDetail, 'code' | 'field' | 'limit'> & Partial<ErrorDetail>

/** What went wrong, in words; in the server's own until ours are there. */
export function sayError({ say, knows }: Words, { code, limit = 0, message = '' }: Failure): string {
  const word = [code, 'internal'].find(knows)
  return word ? say(word, { limit }) : message
}

/** How one's own comment stands. A reason without words here is shown as the moderator typed it. */
export function sayStatus({ say, knows }: Words, { status, reason = '' }: Own): string {
  return knows(status) ? say(status, { reason: knows(reason) ? say(reason) : reason }) : ''
}
