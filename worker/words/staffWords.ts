import { findingText } from '../../widget/common/findingText.ts'
import { languageOf, type Message, say, type Values } from '../../widget/common/i18n.ts'
import { desk as ar } from '../../widget/dashboard/locales/ar.json'
import { desk as de } from '../../widget/dashboard/locales/de.json'
import { desk as en } from '../../widget/dashboard/locales/en.json'
import { desk as es } from '../../widget/dashboard/locales/es.json'
import { desk as fr } from '../../widget/dashboard/locales/fr.json'
import { desk as id } from '../../widget/dashboard/locales/id.json'
import { desk as ja } from '../../widget/dashboard/locales/ja.json'
import { desk as ko } from '../../widget/dashboard/locales/ko.json'
import { desk as pt } from '../../widget/dashboard/locales/pt-BR.json'
import { desk as ru } from '../../widget/dashboard/locales/ru.json'
import { desk as hans } from '../../widget/dashboard/locales/zh-Hans.json'
import { desk as hant } from '../../widget/dashboard/locales/zh-Hant.json'
import type { Finding } from '../contract/findings.ts'
import { type Language, languages } from '../contract/languages.ts'

/** A language may need other plural forms of a message than English, or none. */
type Worded<English> = English extends string
  ? string
  : English extends { one: string; other: string }
    ? Message
    : { [Key in keyof English]: Worded<English[Key]> }

/** What the dashboard says first, in one language. */
export type DeskWords = Worded<typeof en>

/** In the order of `languages`. The bundler leaves the other sections of these files out. */
const desks: DeskWords[] = [en, ja, hans, hant, ko, de, fr, es, pt, ru, ar, id]

/** The dashboard's words in each language, where staff reads them outside of it: in messages, and on pages of ours. */
const words = Object.fromEntries(languages.map((name, at) => [name, desks[at] as DeskWords])) as Record<
  Language,
  DeskWords
>

/** The words for staff in a language, and how they are said. */
export interface StaffWords {
  /** BCP 47. */
  tag: string
  desk: DeskWords
  /** A message with its values; from right to left each keeps its own direction. */
  say: (message: Message, values?: Values) => string
  /** What screening found, a sentence. */
  finding: (finding: Finding) => string
}

/** The words for staff. @param lang BCP 47; what has no words is English */
export function staffWords(lang: string): StaffWords {
  const { language, tag } = languageOf(lang)
  const desk = words[language]
  const isolate = (value: string | number) =>
    language === 'ar' && typeof value === 'string' && value ? `\u2068${value}\u2069` : value
  const format = (message: Message, values: Values = {}) =>
    say(
      message,
      tag,
      Object.fromEntries(Object.entries(values).map(([name, value]) => [name, isolate(value)])),
    )
  return { tag, desk, say: format, finding: (finding) => findingText(finding, { words: desk, format }) }
}
