import { contentHtml } from '../../widget/common/contentHtml.tsx'
import { languageOf, say, type Values } from '../../widget/common/i18n.ts'
import { locales } from '../../widget/common/locales.ts'
import { homeOf, pageAddress } from '../contract/pageAddress.ts'
import { pageBytes } from '../contract/pageLimits.ts'
import { readableKey } from '../contract/readableKey.ts'
import type { Site } from '../contract/site.ts'
import type { FeedRow } from '../store/feeds.ts'

/** Latest comments, whatever format they are sent in. Times are ISO 8601, texts hold what XML can. */
export interface Feed {
  /** An IRI that stays its own. */
  id: string
  /** Where it is; null where that cannot be said. */
  self: string | null
  /** The page it is about, or null where none is known. */
  page: string | null
  title: string
  /** BCP 47. */
  language: string
  updated: string
  entries: Entry[]
}

export interface Entry {
  /** `urn:uuid:` and the comment's id. */
  id: string
  /** The comment on its page. */
  url: string | null
  title: string
  author: { name: string; url: string | null }
  published: string
  updated: string
  html: string
}

/** Of what a feed is: the whole site, or one thread of it, be there comments or none. */
export interface Subject {
  site: Site
  /** The thread's key. */
  key?: string | undefined
  /** Its address, or null where nobody vouches for the host that it was asked by. */
  self: string | null
}

/** The feed of shown comments. Pure: without comments it tells of its subject nothing but the name asked for. */
export function feedOf({ site, key, self }: Subject, rows: FeedRow[]): Feed {
  const speak = wordsOf(site.locale)
  const entries = upToFull(rows, (row) => entryOf(row, site, speak))
  const name = key === undefined ? site.name : rows[0] ? titleOf(rows[0]) : key
  return {
    id: self ?? `urn:hankyo:${[site.id, key ?? ''].map(encodeURIComponent).join(':')}`,
    self,
    page: key === undefined ? homeOf(site.origins) : rows[0] ? pageOf(rows[0], site) : null,
    title: clean(speak('title', { title: name })),
    language: site.locale,
    updated: timeOf(Math.max(0, ...rows.map(changedAt))),
    entries,
  }
}

function upToFull(rows: FeedRow[], make: (row: FeedRow) => Entry): Entry[] {
  const entries: Entry[] = []
  let used = 0
  for (const row of rows) {
    const entry = make(row)
    used += sizeOf(entry)
    if (entries.length > 0 && used > pageBytes) break
    entries.push(entry)
  }
  return entries
}

const encoder = new TextEncoder()

/** What an entry takes at most: what is escaped for HTML is escaped again for XML, and for JSON at less cost. */
function sizeOf({ id, url, title, author, html }: Entry): number {
  const text = [id, url, title, author.name, author.url, html].join('')
  return encoder.encode(text).length + 5 * (text.match(/[<>&"'\n]/g)?.length ?? 0)
}

function entryOf(row: FeedRow, site: Site, speak: Speak): Entry {
  return {
    id: `urn:uuid:${row.id}`,
    url: addressOf(row, site),
    title: clean(speak('entry', { name: row.name, title: titleOf(row) })),
    author: { name: clean(row.name), url: /^https?:/i.test(row.url ?? '') ? row.url : null },
    published: timeOf(row.createdAt),
    updated: timeOf(changedAt(row)),
    html: clean(htmlOf(row.content ?? '[]')),
  }
}

type Speak = (word: 'title' | 'entry', values: Values) => string

function wordsOf(locale: string): Speak {
  const { language, tag } = languageOf(locale)
  const { page, feed } = locales[language]
  const words = { ...page, ...feed }
  return (word, values) => say(words[word] ?? '', tag, values)
}

const titleOf = ({ threadTitle, threadKey }: FeedRow) => threadTitle || readableKey(threadKey)

const changedAt = ({ createdAt, editedAt }: FeedRow) => editedAt ?? createdAt

const timeOf = (time: number) => new Date(time).toISOString()

const pageOf = ({ threadKey, threadUrl }: FeedRow, { origins }: Site) =>
  pageAddress(threadKey, threadUrl, origins)

function addressOf(row: FeedRow, site: Site): string | null {
  const page = pageOf(row, site)
  if (page === null || !URL.canParse(page)) return null
  const url = new URL(page)
  url.hash = `comment-${row.id}`
  return url.href
}

/** A stored tree as HTML, as readers' browsers build it; none where it is damaged, so that one can't hide the others. */
function htmlOf(content: string): string {
  try {
    return contentHtml(JSON.parse(content))
  } catch {
    return ''
  }
}

/** A text without what XML 1.0 (§2.2) can't hold in any form: control characters, lone surrogates, non-characters. */
function clean(text: string): string {
  return text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
}
