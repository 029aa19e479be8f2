import type { D1Database } from '@cloudflare/workers-types'
import { batch, sql } from './database.ts'

/** So many second looks of a site wait at most. */
const mostOpen = 3

/**
 * Asks a person to look again at comments whose decisions contradict the others: each once, the first of them first, as
 * long as few wait. Only what a person decided, and is still there, is asked about.
 */
export async function askAgain(db: D1Database, siteId: string, seqs: number[], at: number): Promise<void> {
  if (seqs.length === 0) return
  await batch(db, [
    sql(
      db,
      `INSERT INTO second_looks (comment_seq, site_id, asked_at)
       SELECT c.seq, ?1, ?2 FROM json_each(?3) j CROSS JOIN comments c ON c.seq = j.value
       WHERE c.site_id = ?1 AND c.judged = 1 AND c.erased = 0 AND c.status IN ('approved', 'spam', 'rejected')
         AND NOT EXISTS (SELECT 1 FROM second_looks WHERE comment_seq = c.seq)
       ORDER BY j.key
       LIMIT max(0, ${mostOpen} - (SELECT count(*) FROM second_looks INDEXED BY second_looks_open
         WHERE site_id = ?1 AND answered_at IS NULL))`,
      siteId,
      at,
      JSON.stringify(seqs),
    ),
  ])
}
