import type { Language } from '../../../worker/contract/languages.ts'
import { exchange } from '../../common/api.ts'
import type { Message } from '../../common/i18n.ts'
import type english from '../locales/en.json'
import { folder } from './folder.ts'

/** Where the build puts the words, a file a section and language; it is named after what is in it. */
declare const deskWordsFolder: string

/** A language may need other plural forms of a message than English, or none. */
type Worded<English> = English extends string
  ? string
  : English extends { one: string; other: string }
    ? Message
    : English extends string[]
      ? string[]
      : { [Key in keyof English]: Worded<English[Key]> }

/** All the words there are, under the keys that English has. */
export type Locale = Worded<typeof english>

/** Words of which some are not written yet: the build has the English ones stand in. */
export type Unfinished<Words> = Words extends string | string[]
  ? Words
  : keyof Words extends Intl.LDMLPluralRule
    ? Words
    : { [Key in keyof Words]?: Unfinished<Words[Key]> }

/** `desk` is what is there from the start; the others come with what says them. */
export type Section = keyof Locale

const asked = new Map<string, Promise<unknown>>()

/** The words of a section. Each file is asked for once; again after it could not be had. */
export function wordFile<Name extends Section>(language: Language, section: Name): Promise<Locale[Name]> {
  const name = section === 'desk' ? language : `${language}.${section}`
  const address = `${folder()}/dashboard/assets/${deskWordsFolder}/${name}.json`
  const before = asked.get(address) as Promise<Locale[Name]> | undefined
  if (before) return before
  const words = exchange<Locale[Name]>(address).then(([data]) => data)
  asked.set(address, words)
  words.catch(() => asked.delete(address))
  return words
}
