import type { D1Database } from '@cloudflare/workers-types'
import { first, sql } from './database.ts'
import { type ShownRow, shownColumns } from './shownRow.ts'
import { alone, type NamedThread, naming, threadId } from './threadComments.ts'

/** Where a comment stands in its thread, or null when it is not in it. */
export async function place(db: D1Database, thread: NamedThread, id: string): Promise<Place | null> {
  return first(
    sql(
      db,
      `SELECT c.seq, c.root_seq AS rootSeq, c.parent_seq AS parentSeq, c.shown_revision IS NOT NULL AS shown,
         c.shown_revision IS NOT NULL OR c.shown_version > 0 OR c.branch_count > 0 AS known,
         r.id AS rootId, r.likes AS rootLikes
       FROM comments c JOIN comments r ON r.seq = coalesce(c.root_seq, c.seq)
       WHERE c.thread_id = ${threadId} AND c.id = ?4`,
      ...naming(thread),
      id,
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
