import { computed, signal } from '@preact/signals'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import type { Language } from '../../../worker/contract/languages.ts'
import { languageOf, type Message, say } from '../../common/i18n.ts'
import { firstLanguage } from './kept.ts'
import { type Locale, type Section, type Unfinished, wordFile } from './wordFiles.ts'

export type Values = Record<string, string | number | boolean>

const spoken = signal<{ language: Language; words: Partial<Locale> }>({
  language: firstLanguage(),
  words: {},
})

/** The language that the desk speaks. */
export const language = computed(() => spoken.value.language)

const rightToLeft = new Set<Language>(['ar'])

/** Whether the desk is read from right to left. */
export const isRightToLeft = computed(() => rightToLeft.has(language.value))

/** The language to speak as soon as its words are here, and the sections that somebody needs. */
let wanted = spoken.peek().language
const needed = new Set<Section>(['desk'])

/**
 * The words of the desk in the chosen language, or those of another section, which `loadWords` must have brought;
 * reading them in a component subscribes it.
 */
export function words(): Locale['desk']
export function words<Name extends Section>(section: Name): Locale[Name]
export function words(section: Section = 'desk'): Locale[Section] {
  const found = spoken.value.words[section]
  if (!found) throw new Error(`The words “${section}” are not here: name them where the part is loaded.`)
  return found
}

/** Speaks a language with these words, besides those of the same language that are here already. */
export function speak(next: Language, more: Unfinished<Locale>): void {
  const { language, words } = spoken.peek()
  wanted = next
  const brought = more as Partial<Locale>
  spoken.value = { language: next, words: { ...(language === next && words), ...brought } }
}

/** Brings the words of sections, in the language that is spoken. Rejects with an `ApiError`. */
export async function loadWords(sections: Section[]): Promise<void> {
  for (const section of sections) needed.add(section)
  try {
    await bring()
  } catch (error) {
    for (const section of sections) if (!(section in spoken.peek().words)) needed.delete(section)
    throw error
  }
}

/** Speaks another language once all that is open has its words; until then, and where they can't be had, as before. */
export async function chooseLanguage(next: Language): Promise<void> {
  wanted = next
  try {
    await bring()
  } catch (error) {
    if (wanted === next) wanted = language.peek()
    throw error
  }
}

async function bring(): Promise<void> {
  const next = wanted
  const here = language.peek() === next ? spoken.peek().words : {}
  const missing = [...needed].filter((section) => !(section in here))
  if (!missing.length && language.peek() === next) return
  const files = missing.map(async (section) => [section, await wordFile(next, section)])
  const brought = Object.fromEntries(await Promise.all(files)) as Partial<Locale>
  if (wanted === next) speak(next, brought)
  // Meanwhile another language was chosen, or more is needed of this one.
  await bring()
}

const ownTag = computed(() => {
  const own = navigator.languages.map(languageOf).find((one) => one.language === language.value)
  return own?.tag ?? language.value
})

/** The BCP 47 tag numbers and times are written for: one of the browser's own where it fits the language. */
export function tag(): string {
  return ownTag.value
}

/** A message with its values filled in; from right to left each keeps its own direction and its place in the order. */
export function formatMessage(message: Message, values: Values = {}): string {
  const filled = Object.entries(values).map(([name, value]) => [
    name,
    isRightToLeft.value && typeof value === 'string' && value ? `\u2068${value}\u2069` : value,
  ])
  return say(message, tag(), Object.fromEntries(filled))
}

/** The value of a key of the record's own: a hostile key such as `constructor` has none. */
export function own<Value>(all: Record<string, Value>, key: string): Value | undefined {
  return Object.hasOwn(all, key) ? all[key] : undefined
}

/** Why something failed, as a sentence for a moderator. */
export function errorWords({ code, message, limit }: ErrorDetail): string {
  return formatMessage(own<string>(words().errors, code) ?? message, limit === undefined ? {} : { limit })
}
