import type { Comment } from '../../../worker/contract/comment.ts'
import type { Sort, ThreadPage } from '../../../worker/contract/thread.ts'
import { languageOf } from '../../common/i18n.ts'
import { locales } from '../../common/locales.ts'
import type { Served } from '../model/served.ts'
import { addWords, type Failure, type Words, wordsFor } from '../model/words.ts'

/** A thread to be rendered where there is no browser. */
export interface Rendering {
  /** Where the worker is, without a slash at the end; on its own pages as seen from them. */
  host: string
  site: string
  page: ThreadPage
  /** BCP 47. */
  lang: string
  sort: Sort
  heading: string | null
  /** What the page is called, unless staff calls it something else. */
  title: string
  /** What whoever asked calls the page; it is passed on. */
  given?: string
  /** Of the policy of the page it is put into: its styles have it. */
  nonce?: string
  /** Whether there is no form: the thread takes comments by its script only. */
  readOnly?: boolean
  /** What its writer has written so far: the form is open. */
  writing?: Writing
  /** A comment to be shown as its author sees it. */
  own?: Comment
}

export interface Writing {
  /** The comment's id to be: sending the form twice is harmless. */
  id: string
  parentId: string
  /** The article it is about: its address and title. */
  page: string
  title: string
  /** When the form was served, in milliseconds since the epoch. */
  since: number
  body: string
  author: { name: string; email: string; url: string }
  /** What they ticked to be told of by mail. */
  subscribe?: string[]
  error?: Failure
}

/** Words of the parts, too, for pages without a script. */
export function wordsOn(lang: string): Words {
  const words = wordsFor(lang)
  const { thread, writing, telling, own, errors, reasons, page, mail } = locales[languageOf(lang).language]
  addWords(words, { ...thread, ...writing, ...telling, ...own, ...errors, ...reasons, ...page, ...mail })
  return words
}

/** What the script needs to go on with a thread that came with its page, as JSON: a `Served`. */
export function servedJson({ page, lang, sort }: Rendering, pageJson: string): string {
  const { tag, language } = languageOf(lang)
  const served: Omit<Served, 'page'> = {
    asked: page.thread.key + tag + sort,
    words: locales[language].thread,
  }
  return `{"page":${pageJson},${JSON.stringify(served).slice(1)}`
}
