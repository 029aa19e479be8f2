import { type Message, say, type Values } from '../../widget/common/i18n.ts'
import { type Language, languages } from '../contract/languages.ts'
import { oneLine } from './inert.ts'
import type english from './words/en.json'

/** The words of all letters in one language: a section a kind of letter, and what all of them say. */
export type Words = Omit<typeof english, 'direction'> & { tag: Language; direction: 'ltr' | 'rtl' }

export type { Values }

/** One line of a letter: words of ours, and among them words of people. */
export type Line = (string | { theirs: string })[]

const load = async (name: Language): Promise<[Language, Words]> => [
  name,
  { ...(await import(`./words/${name}.json`)).default, tag: name },
]

/** Every language's words. */
export const wordsIn = Object.fromEntries(await Promise.all(languages.map(load))) as Record<Language, Words>

/** Longest text of people on one line, in code points. */
const longestValue = 80

/** One line of people's words, inert and cut where it is long. */
export const theirs = (text: string, most = longestValue) => ({ theirs: oneLine(text, most) })

/**
 * A message as a line. Every text among its values is taken for people's words: one line, inert, and cut where it is long.
 *
 * @param values `count` picks the plural form
 */
export function lineOf(message: Message, tag: string, values: Values = {}): Line {
  const numbers = Object.entries(values).filter(([, value]) => typeof value === 'number')
  return say(message, tag, Object.fromEntries(numbers))
    .split(/(\{\w+\})/)
    .filter(Boolean)
    .map((part) => {
      const value = part.startsWith('{') ? values[part.slice(1, -1)] : undefined
      return value === undefined ? part : theirs(String(value))
    })
}
