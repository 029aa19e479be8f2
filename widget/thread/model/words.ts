import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import type { Language } from '../../../worker/contract/languages.ts'
import { exchange } from '../../common/api.ts'
import { languageOf, type Message, say, type Values } from '../../common/i18n.ts'
import type en from '../../common/locales/en.json'

type Locale = typeof en

/** Words that are there from the start, and those that come with a part of the script. */
export type Word = { [section in keyof Locale]: keyof Locale[section] }[keyof Locale]

export type Say = (word: Word, values?: Values) => string

/** A language as far as it is loaded. */
export interface Words {
  say: Say
  knows(word: string): word is Word
  language: Language
  /** The tag to format numbers and dates in. */
  tag: string
}

/** Where the words lie below the worker's address; the build names it after what they say. */
declare const wordsFolder: string

/** What can be said when no words could be had. */
const spare: Record<string, Message> = {
  failed: 'The comments could not be loaded.',
  retry: 'Try again',
  plain: 'Open them on their own page',
}

const all = new Map<Language, Record<string, Message>>()

/** The thread's words for a BCP 47 tag. */
export function wordsFor(lang: string): Words {
  const { language, tag } = languageOf(lang)
  const known = () => all.get(language) ?? spare
  return {
    language,
    tag,
    say: (word, values) => say(known()[word] ?? '', tag, values),
    knows: (word): word is Word => Object.hasOwn(known(), word),
  }
}

/** Takes over words of a language. */
export function addWords({ language }: Words, words: Record<string, Message>): void {
  all.set(language, { ...all.get(language), ...words })
}

/** A word of each file of words, by which it is known to be there. */
const marks = { '': 'reply', '.writing': 'hint', '.more': 'internal', '.asked': 'report' }

/** Loads words unless they are there: those to read, those of forms, more, or what readers ask for. Rejects when they cannot be had now. */
export async function loadWords(
  words: Words & { host: string },
  kind: keyof typeof marks = '',
): Promise<void> {
  if (words.knows(marks[kind])) return
  const [data] = await exchange<Record<string, Message>>(wordsUrl(words, kind))
  addWords(words, data)
}

/** The address of words: those to read, those of forms, or more. */
export const wordsUrl = ({ host, language }: Words & { host: string }, kind: string): string =>
  `${host}/${wordsFolder}/${language}${kind}.json`

export type Failure = Pick<ErrorDetail, 'code' | 'field' | 'limit'> & Partial<ErrorDetail>
