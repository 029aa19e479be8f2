import type { D1Database } from '@cloudflare/workers-types'
import { first, sql } from './database.ts'

/** A comment that readers see and can answer. */
export interface Answerable {
  id: string
  seq: number
  rootSeq: number
  /** The thread that answers for its page. */
  threadId: number
}

/** A comment of a site by its id, where readers see it. */
export async function answerable(db: D1Database, siteId: string, id: string): Promise<Answerable | null> {
  return first(
    sql(
      db,
      `SELECT c.id, c.seq, coalesce(c.root_seq, c.seq) AS rootSeq, coalesce(t.moved_to, t.id) AS threadId
       FROM comments c JOIN threads t ON t.id = c.thread_id
       WHERE c.id = ? AND c.site_id = ? AND c.shown_revision IS NOT NULL`,
      id,
      siteId,
    ),
  )
}
