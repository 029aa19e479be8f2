import type { D1Database } from '@cloudflare/workers-types'
import { pageBytes } from '../contract/pageLimits.ts'
import { all, sql } from './database.ts'

/** Bytes of a tree that comes along with its comment: few are longer, and then most of them fit on no page. */
const short = 4000

/** The tree that readers see, as it is stored. */
const stored = (c: string) => `coalesce(${c}.shown_content, ${c}.content)`

/** Its bytes. Of columns by themselves SQLite tells them without reading what they hold. */
const length = (c: string) => `coalesce(octet_length(${c}.shown_content), octet_length(${c}.content))`

const readable = (c: string) => `CASE WHEN json_valid(${stored(c)}) THEN ${stored(c)} ELSE '[]' END`

/**
 * JSON of the tree that readers see of a comment; an empty one where it is gone, or damaged, so that one comment can't
 * hide the others; null where it is long: see `loadLong`.
 */
export const contentOf = (c: string) => `CASE WHEN ${c}.shown_revision IS NULL THEN '[]'
  WHEN ${length(c)} > ${short} THEN NULL ELSE ${readable(c)} END`

/** What readers see of a comment's words, name and address, in bytes of UTF-8. */
export const bytesOf = (c: string) => `CASE WHEN ${c}.shown_revision IS NULL THEN 0
  ELSE ${length(c)} + octet_length(${c}.name) + coalesce(octet_length(${c}.url), 0) END`

/** A comment whose tree may be still to be loaded. */
interface Loadable {
  seq: number
  bytes: number
  content: string | null
}

/** Loads the long trees of a list, as far down as a page can reach: in one round trip, if there are any. */
export async function loadLong(db: D1Database, rows: Loadable[]): Promise<void> {
  let reached = 0
  const long = new Map<number, Loadable>()
  for (const row of rows) {
    if (reached > 0 && reached + row.bytes > pageBytes) break
    reached += row.bytes
    if (row.content === null) long.set(row.seq, row)
  }
  if (long.size === 0) return
  const found = await all<{ seq: number; content: string }>(
    sql(
      db,
      `SELECT c.seq, CASE WHEN c.shown_revision IS NULL THEN '[]' ELSE ${readable('c')} END AS content
       FROM json_each(?) j CROSS JOIN comments c ON c.seq = j.value`,
      JSON.stringify([...long.keys()]),
    ),
  )
  for (const { seq, content } of found) Object.assign(long.get(seq) ?? {}, { content })
}
