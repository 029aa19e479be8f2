import type { D1Database } from '@cloudflare/workers-types'
import { all, batch, first, sql } from './database.ts'

/** A pending comment that screening has not looked at, and how far it has come on its site. */
export interface Unscreened {
  seq: number
  siteId: string
  id: string
  revision: number
  /** Since when it waits, in milliseconds since the epoch, as all times here. */
  since: number
  /** The latest `since` of those that screening has looked at. */
  screenedTo: number
  /** When it last looked at one. */
  screenedAt: number
}

/** Comments that wait for screening since before a time, the first to come first. */
export async function unscreened(db: D1Database, before: number, limit: number): Promise<Unscreened[]> {
  return all(
    sql(
      db,
      `SELECT c.seq, c.site_id AS siteId, c.id, c.revision, coalesce(c.edited_at, c.created_at) AS since,
         t.screened_to AS screenedTo, t.screened_at AS screenedAt
       FROM comments c INDEXED BY comments_unscreened CROSS JOIN tallies t ON t.site_id = c.site_id
       WHERE c.status = 'pending' AND c.verdict IS NULL AND coalesce(c.edited_at, c.created_at) < ?
       ORDER BY c.seq LIMIT ?`,
      before,
      limit,
    ),
  )
}

/** What the sweep sent again. */
export interface Round {
  /** The last comment whose job it sent. */
  sentTo: number
  /** When those that still wait come again, and after how long. */
  nextAt: number
  wait: number
}

/** What was sent again and is not over yet, or null. */
export const lastRound = (db: D1Database): Promise<Round | null> =>
  first(sql(db, 'SELECT sent_to AS sentTo, next_at AS nextAt, wait FROM screening_rounds'))

/** Keeps what was sent again; null where nothing waits any more. */
export async function keepRound(db: D1Database, round: Round | null): Promise<void> {
  const statement = round
    ? sql(
        db,
        'INSERT OR REPLACE INTO screening_rounds (id, sent_to, next_at, wait) VALUES (1, ?, ?, ?)',
        round.sentTo,
        round.nextAt,
        round.wait,
      )
    : sql(db, 'DELETE FROM screening_rounds')
  await batch(db, [statement])
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
         (SELECT min(max(first, coalesce((SELECT began_at FROM imports WHERE number = import_number), 0)))
          FROM (SELECT min(created_at) AS first, import_number FROM (
            SELECT created_at, import_number FROM comments INDEXED BY comments_held
            WHERE status = 'pending' ORDER BY created_at LIMIT 1000) GROUP BY import_number)) AS oldestPending,
         (SELECT coalesce(edited_at, created_at) FROM comments INDEXED BY comments_unscreened
            WHERE status = 'pending' AND verdict IS NULL ORDER BY seq LIMIT 1) AS oldestUnscreened`,
    ),
  )
  return row ?? { unscreened: 0, deadLetters: 0, undelivered: 0, oldestPending: null, oldestUnscreened: null }
}
