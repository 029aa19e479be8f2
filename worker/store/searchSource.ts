import type { D1Database } from '@cloudflare/workers-types'
import { all, batch, first, sql } from './database.ts'

/** A recorded event, as far as the search follows it. */
export interface Followed {
  id: number
  act: string
  commentId: string | null
  /** Of the thread that it renamed. */
  threadId: number | null
}

/** Events after one, in order. */
export const eventsAfter = (db: D1Database, event: number, limit: number): Promise<Followed[]> =>
  all(
    sql(
      db,
      `SELECT id, act, comment_id AS commentId, details ->> 'threadId' AS threadId
       FROM events WHERE id > ? ORDER BY id LIMIT ?`,
      event,
      limit,
    ),
  )

/** A comment that no event names and that must be looked at again. */
export interface Unindexed {
  id: number
  seq: number
  /** Days since the epoch. */
  day: number
}

export const unindexed = (db: D1Database, limit: number): Promise<Unindexed[]> =>
  all(sql(db, 'SELECT id, seq, day FROM unindexed ORDER BY id LIMIT ?', limit))

/** Forgets those that were looked at. */
export async function looked(db: D1Database, rows: Unindexed[]): Promise<void> {
  if (rows.length === 0) return
  const ids = JSON.stringify(rows.map(({ id }) => id))
  await batch(db, [sql(db, 'DELETE FROM unindexed WHERE id IN (SELECT value FROM json_each(?))', ids)])
}

/** Forgets all of them: where there is no index, or it is begun anew. */
export async function lookAtNone(db: D1Database): Promise<void> {
  await batch(db, [sql(db, 'DELETE FROM unindexed')])
}

/** Numbers of the latest comments below one. */
export async function below(db: D1Database, seq: number, limit: number): Promise<number[]> {
  const rows = await all<{ seq: number }>(
    sql(db, 'SELECT seq FROM comments WHERE seq < ? ORDER BY seq DESC LIMIT ?', seq, limit),
  )
  return rows.map((row) => row.seq)
}

/** The latest event, and whether comments must be looked at again. */
export async function latest(db: D1Database): Promise<{ event: number; isAnyUnindexed: boolean }> {
  const row = await first<{ event: number; unindexed: number }>(
    sql(
      db,
      `SELECT coalesce((SELECT max(id) FROM events), 0) AS event,
         EXISTS (SELECT 1 FROM unindexed) AS unindexed`,
    ),
  )
  return { event: row?.event ?? 0, isAnyUnindexed: row?.unindexed === 1 }
}

/** The number of the last comment; 0 where there is none. */
export async function lastComment(db: D1Database): Promise<number> {
  return (await first<{ seq: number }>(sql(db, 'SELECT max(seq) AS seq FROM comments')))?.seq ?? 0
}
