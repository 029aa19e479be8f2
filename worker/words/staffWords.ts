import { findingText } from '../../widget/common/findingText.ts'
import { languageOf, type Message, say, type Values } from '../../widget/common/i18n.ts'
import * as ar from '../../widget/dashboard/locales/ar.json'
import * as de from '../../widget/dashboard/locales/de.json'
import * as en from '../../widget/dashboard/locales/en.json'
import * as es from '../../widget/dashboard/locales/es.json'
import * as fr from '../../widget/dashboard/locales/fr.json'
import * as id from '../../widget/dashboard/locales/id.json'
import * as ja from '../../widget/dashboard/locales/ja.json'
import * as ko from '../../widget/dashboard/locales/ko.json'
import * as pt from '../../widget/dashboard/locales/pt-BR.json'
import * as ru from '../../widget/dashboard/locales/ru.json'
import * as hans from '../../widget/dashboard/locales/zh-Hans.json'
import * as hant from '../../widget/dashboard/locales/zh-Hant.json'
import type { Finding } from '../contract/findings.ts'
import { type Language, languages } from '../contract/languages.ts'

/** A language may need other plural forms of a message than English, or none. */
type Worded<English> = English extends string
  ? string
  : English extends { one: string; other: string }
    ? Message
    : { [Key in keyof English]: Worded<English[Key]> }

/** What the dashboard says first, and what a page says that a message leads to, in one language. */
type Sections = Worded<Pick<typeof en, 'desk' | 'message'>>

/** In the order of `languages`. Named like this the bundler leaves the other sections of these files out. */
const sections: Sections[] = [
  { desk: en.desk, message: en.message },
  { desk: ja.desk, message: ja.message },
  { desk: hans.desk, message: hans.message },
  { desk: hant.desk, message: hant.message },
  { desk: ko.desk, message: ko.message },
  { desk: de.desk, message: de.message },
  { desk: fr.desk, message: fr.message },
  { desk: es.desk, message: es.message },
  { desk: pt.desk, message: pt.message },
  { desk: ru.desk, message: ru.message },
  { desk: ar.desk, message: ar.message },
  { desk: id.desk, message: id.message },
]

/** The dashboard's words in each language, where staff reads them outside of it: in messages, and on pages of ours. */
const words = Object.fromEntries(languages.map((name, at) => [name, sections[at] as Sections])) as Record<
  Language,
  Sections
>

/** The words for staff in a language, and how they are said. */
export interface StaffWords {
  /** BCP 47. */
  tag: string
  language: Language
  desk: Sections['desk']
  message: Sections['message']
  /** A message with its values; from right to left each keeps its own direction. */
  say: (message: Message, values?: Values) => string
  /** What screening found, a sentence. */
  finding: (finding: Finding) => string
}

/** The words for staff. @param lang BCP 47; what has no words is English */
export function staffWords(lang: string): StaffWords {
  const { language, tag } = languageOf(lang)
  const { desk, message } = words[language]
  const isolate = (value: string | number) =>
    language === 'ar' && typeof value === 'string' && value ? `\u2068${value}\u2069` : value
  const format = (message: Message, values: Values = {}) =>
    say(
      message,
      tag,
      Object.fromEntries(Object.entries(values).map(([name, value]) => [name, isolate(value)])),
    )
  return {
    tag,
    language,
    desk,
    message,
    say: format,
    finding: (finding) => findingText(finding, { words: desk, format }),
  }
}
