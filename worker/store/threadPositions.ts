import type { D1Database } from '@cloudflare/workers-types'
import type { Sort } from '../contract/thread.ts'
import { first, sql } from './database.ts'
import { type ShownRow, shownColumns } from './shownRow.ts'
import { alone, isListed, type NamedThread, naming, threadId } from './threadComments.ts'
import { byTime } from './timeOrder.ts'

/**
 * Where a comment stands in its thread, or null when it is not in it.
 *
 * @param start which roots are early, besides the pinned ones: so many of an order
 */
export async function place(
  db: D1Database,
  thread: NamedThread,
  id: string,
  start: { sort: Sort; most: number } = { sort: 'oldest', most: 0 },
): Promise<Place | null> {
  return first(
    sql(
      db,
      `SELECT c.seq, c.root_seq AS rootSeq, c.parent_seq AS parentSeq, c.shown_revision IS NOT NULL AS shown,
         c.shown_revision IS NOT NULL OR c.shown_version > 0 OR c.branch_count > 0 AS known,
         r.id AS rootId, r.likes AS rootLikes, ${isEarly(start.sort, '?5')} AS early
       FROM comments c JOIN comments r ON r.seq = coalesce(c.root_seq, c.seq)
       WHERE c.thread_id = ${threadId} AND c.id = ?4`,
      ...naming(thread),
      id,
      start.most,
    ),
  )
}

export interface Place {
  seq: number
  rootSeq: number | null
  parentSeq: number | null
  shown: number
  /** 1 where readers see it or once did: a cursor to it still leads on. */
  known: number
  /** Of the root of its branch, which may be itself. */
  rootId: string
  rootLikes: number
  /** Whether that is among the first. */
  early: number
}

/** The shown comments that a reply hangs on, nearest first, at most `limit` of them and not its root. */
export async function ancestors(
  db: D1Database,
  { parentSeq, rootSeq }: Place,
  limit: number,
): Promise<ShownRow[]> {
  return alone(
    db,
    sql(
      db,
      `WITH RECURSIVE above (seq, depth) AS (
         SELECT ?1, 1 WHERE ?1 IS NOT ?2
         UNION ALL
         SELECT p.parent_seq, above.depth + 1 FROM above JOIN comments p ON p.seq = above.seq
         WHERE p.parent_seq IS NOT ?2 AND above.depth < ?3)
       SELECT ${shownColumns} FROM above CROSS JOIN comments c ON c.seq = above.seq
       WHERE c.shown_revision IS NOT NULL`,
      parentSeq,
      rootSeq,
      limit,
    ),
  )
}

/**
 * SQL for whether a root `r` is pinned or among the first of its thread. It reads no more roots than those.
 *
 * @param most what their number is bound as
 */
const isEarly = (sort: Sort, most: string) => {
  const time = byTime('e', sort === 'oldest' ? 'ASC' : 'DESC')
  const [index, order] = sort === 'top' ? ['comments_top', `e.likes DESC, ${time}`] : ['comments_roots', time]
  return `(r.pinned_at IS NOT NULL OR EXISTS (SELECT 1 FROM (
    SELECT e.seq FROM comments e INDEXED BY ${index}
    WHERE e.thread_id = r.thread_id AND ${isListed('e')} ORDER BY ${order} LIMIT ${most}) e WHERE e.seq = r.seq))`
}
