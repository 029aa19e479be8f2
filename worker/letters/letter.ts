import type { Message } from '../../widget/common/i18n.ts'
import type { Language } from '../contract/languages.ts'
import type { Line, Values, Words } from './words.ts'

/** What a letter is made of. From these its HTML and its text are made, so that both say the same. */
export type Block =
  /** What the letter is about; `part` heads a part of it. */
  | { type: 'heading'; line: Line; part?: true }
  | { type: 'paragraph'; line: Line; quiet?: true }
  /** A person's words, as the text that they are: see `quoteOf`. */
  | { type: 'quote'; theirs: string }
  | { type: 'points'; lines: Line[] }
  /** What is to be done next. A link that is no web address is left out. */
  | { type: 'button'; line: Line; url: string }
  | { type: 'link'; line: Line; url: string }
  /** Parts that are alike, told apart by a line. */
  | { type: 'parts'; parts: Block[][] }

/** A letter before it is rendered. */
export interface Draft {
  subject: Line
  blocks: Block[]
  /** Why one gets it, and how to end that. */
  foot: Block[]
}

/** To whom a letter goes, as far as its words go by it. */
export interface Addressee {
  locale: Language
  /** Name in the IANA database; UTC where it is not known. Times name theirs. */
  timeZone?: string
}

/** For which site a letter speaks. */
export interface LetterSite {
  name: string
}

/** What a letter is written with. */
export interface Desk {
  words: Words
  /** A message as a line: see `lineOf`. `{site}` is the site's name. */
  say(message: Message, values?: Values): Line
  /** A moment in the addressee's words and time zone. */
  moment(iso: string): string
  /** How many parts of a list there is room for; the letter says how many more there are. */
  most: number
}

/** A kind of letter. Its facts are texts of people as they wrote them, absolute URLs, and times in ISO 8601. */
export interface LetterKind<Facts> {
  /** Whether it goes to staff, or to readers who asked for it. */
  audience: 'staff' | 'reader'
  /** Whether it comes once, since somebody asked for it: nothing of it can be ended. */
  once?: true
  write(facts: Facts, desk: Desk): Draft
  /** Facts for a preview, in the language of these words. */
  sample(words: Words): Facts
}
