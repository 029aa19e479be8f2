import type { D1Database } from '@cloudflare/workers-types'
import { all, first, sql } from './database.ts'

/** Pending comments older than a time, after a `seq`, that screening has not looked at. */
export async function unscreened(
  db: D1Database,
  page: { before: number; after: number; limit: number },
): Promise<{ seq: number; siteId: string; id: string; revision: number }[]> {
  return all(
    sql(
      db,
      `SELECT seq, site_id AS siteId, id, revision FROM comments INDEXED BY comments_unscreened
       WHERE status = 'pending' AND verdict IS NULL AND coalesce(edited_at, created_at) < ? AND seq > ?
       ORDER BY seq LIMIT ?`,
      page.before,
      page.after,
      page.limit,
    ),
  )
}

interface Waiting {
  unscreened: number
  deadLetters: number
  undelivered: number
  /** Milliseconds since the epoch, or null when none waits. */
  oldestPending: number | null
  oldestUnscreened: number | null
}

/** What `/v1/health` tells of the queue, looking at no more than 1,000 comments of each kind. */
export async function health(db: D1Database): Promise<Waiting> {
  const row = await first<Waiting>(
    sql(
      db,
      `SELECT
         (SELECT count(*) FROM (SELECT 1 FROM comments INDEXED BY comments_unscreened
            WHERE status = 'pending' AND verdict IS NULL LIMIT 1000)) AS unscreened,
         (SELECT count(*) FROM (SELECT 1 FROM comments INDEXED BY comments_dead
            WHERE status = 'pending' AND dead_letter = 1 LIMIT 1000)) AS deadLetters,
         (SELECT count(*) FROM (SELECT 1 FROM outbox INDEXED BY outbox_dead
            WHERE dead_at IS NOT NULL LIMIT 1000)) AS undelivered,
         (SELECT created_at FROM comments INDEXED BY comments_held
            WHERE status = 'pending' ORDER BY created_at LIMIT 1) AS oldestPending,
         (SELECT coalesce(edited_at, created_at) FROM comments INDEXED BY comments_unscreened
            WHERE status = 'pending' AND verdict IS NULL ORDER BY seq LIMIT 1) AS oldestUnscreened`,
    ),
  )
  return row ?? { unscreened: 0, deadLetters: 0, undelivered: 0, oldestPending: null, oldestUnscreened: null }
}
