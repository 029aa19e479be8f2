import type { D1Database } from '@cloudflare/workers-types'
import type { Site } from '../contract/site.ts'
import { first, sql } from './database.ts'

/** Bytes that a comment takes besides its words, its decisions, events and indexes included: rounded from measurements. */
const besides = 2_000

/** The same of a former version. */
const besidesVersion = 200

/** SQL of the bytes of the words of a comment, in a query where it has that name. */
const words = (comment: string) =>
  ['body', 'content', 'name', 'email', 'url', 'page_url', 'page_title']
    .map((column) => `coalesce(octet_length(${comment}.${column}), 0)`)
    .join(' + ')

/** SQL of the bytes of those former versions of a comment that a condition on `r` holds for. */
export const versionsSize = (seq: string, condition = 'TRUE') =>
  `(SELECT coalesce(sum(octet_length(r.body) + octet_length(r.content) + ${besidesVersion}), 0)
    FROM revisions r WHERE r.comment_seq = ${seq} AND ${condition})`

/** SQL of about the bytes that a comment takes, with its former versions. */
export const sizeOf = (comment: string) =>
  `(${besides} + ${words(comment)} + ${versionsSize(`${comment}.seq`)})`

/** SQL of the bytes that a comment keeps once its words are erased. */
export const erasedSize = besides + '[]'.length

const bytes = (text: string | null) => (text === null ? 0 : new TextEncoder().encode(text).length)

/** About the bytes that a new comment takes, by its words. */
export const newSize = (texts: (string | null)[]): number =>
  besides + texts.reduce((sum, text) => sum + bytes(text), 0)

/** The bytes that a comment takes more with another version of these words. */
export const versionSize = (texts: string[]): number => newSize(texts) - besides + besidesVersion

/** The bytes that a site's comments may take; null for any number. */
export const limitOf = ({ settings }: Site): number | null =>
  settings.storageLimit > 0 ? settings.storageLimit * 1_000_000 : null

/** About the bytes that a site's comments take in the database. It reads one row. */
export async function sizeOfSite(db: D1Database, siteId: string): Promise<number> {
  const row = await first<{ bytes: number }>(sql(db, 'SELECT bytes FROM tallies WHERE site_id = ?', siteId))
  return row?.bytes ?? 0
}
