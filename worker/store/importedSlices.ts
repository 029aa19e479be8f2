import type { D1Database } from '@cloudflare/workers-types'
import { all, first, sql } from './database.ts'
import { threadAt } from './threads.ts'

/** A comment that others of a slice answer, or that is there already. */
export interface KnownComment {
  id: string
  seq: number
  rootSeq: number
  siteId: string
  /** Of the thread that answers where it stands: its comments may still be on their way there. */
  key: string
  /** 1 where it waits or was refused: readers may not know that it is there. */
  hidden: number
  /** The id of its root where that is another comment that is not hidden, or null. */
  rootId: string | null
}

/** What a slice of an import finds. */
export interface Found {
  /** Those of the comments, and of those that they answer, that are there. */
  known: Map<string, KnownComment>
  /** The number that the next comment has. */
  nextSeq: number
  /** Of the keys those that moved, each with that of the thread which answers under it now. */
  moved: Map<string, string>
}

const isHidden = (comment: string) => `${comment}.status IN ('pending', 'rejected', 'spam')`

/** Looks for comments by their ids, and for keys of a site that moved. */
export async function known(
  db: D1Database,
  { siteId, ids, keys }: { siteId: string; ids: string[]; keys: string[] },
): Promise<Found> {
  const [rows, last] = await Promise.all([
    all<KnownComment>(
      sql(
        db,
        `SELECT c.id, c.seq, coalesce(c.root_seq, c.seq) AS rootSeq, c.site_id AS siteId, t.key,
           ${isHidden('c')} AS hidden, iif(${isHidden('r')}, NULL, r.id) AS rootId
         FROM json_each(?) j CROSS JOIN comments c ON c.id = j.value
           CROSS JOIN threads o ON o.id = c.thread_id CROSS JOIN threads t ON t.id = coalesce(o.moved_to, o.id)
           LEFT JOIN comments r ON r.seq = c.root_seq`,
        JSON.stringify([...new Set(ids)]),
      ),
    ),
    first<{ seq: number; moved: string }>(
      sql(
        db,
        `SELECT (SELECT coalesce(max(seq), 0) + 1 FROM comments) AS seq, (
           SELECT json_group_object(m.key, t.key) FROM json_each(?) j
             CROSS JOIN threads m ON m.site_id = ? AND m.key = j.value CROSS JOIN threads t ON t.id = m.moved_to) AS moved`,
        JSON.stringify(keys),
        siteId,
      ),
    ),
  ])
  return {
    known: new Map(rows.map((row) => [row.id, row])),
    nextSeq: last?.seq ?? 1,
    moved: new Map(Object.entries(JSON.parse(last?.moved ?? '{}'))),
  }
}

/** Those of some pages of a site that have a thread, with the comments that readers see. */
export const threadsBy = (
  db: D1Database,
  siteId: string,
  keys: string[],
): Promise<{ key: string; title: string; count: number }[]> =>
  all(
    sql(
      db,
      `SELECT j.value AS key, coalesce(t.given_title, t.title) AS title, t.count
       FROM json_each(?) j CROSS JOIN threads t ON t.id = ${threadAt('?', 'j.value')}`,
      JSON.stringify([...new Set(keys)]),
      siteId,
    ),
  )

/** Those of some ids that a site has a comment of. */
export async function idsOf(db: D1Database, siteId: string, ids: string[]): Promise<string[]> {
  const rows = await all<{ id: string }>(
    sql(
      db,
      'SELECT c.id FROM json_each(?) j CROSS JOIN comments c ON c.id = j.value WHERE c.site_id = ?',
      JSON.stringify([...new Set(ids)]),
      siteId,
    ),
  )
  return rows.map(({ id }) => id)
}
