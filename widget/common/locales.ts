import { type Language, languages } from '../../worker/contract/languages.ts'
import type { Message } from './i18n.ts'

/** The parts of a locale. */
export type Section =
  | 'thread'
  | 'own'
  | 'reading'
  | 'formatting'
  | 'staff'
  | 'writing'
  | 'telling'
  | 'page'
  | 'mail'
  | 'feed'
  | 'person'
  | 'personFile'
  | 'errors'
  | 'reasons'

type Locale = Record<Section, Record<string, Message>>

const load = async (name: Language): Promise<[Language, Locale]> => [
  name,
  (await import(`./locales/${name}.json`)).default,
]

/** Every language's words at once: for the worker; browsers load one. */
export const locales = Object.fromEntries(await Promise.all(languages.map(load))) as Record<Language, Locale>
