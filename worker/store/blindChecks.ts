import type { D1Database } from '@cloudflare/workers-types'
import type { Status } from '../contract/status.ts'
import { all, sql } from './database.ts'

/**
 * What a site's latest audited verdicts came to: each with the status a person gave the comment. Whoever
 * withdraws what was refused takes that not out of the count.
 */
export async function latest(
  db: D1Database,
  siteId: string,
  most: number,
): Promise<{ audited: 'approve' | 'spam'; status: Status }[]> {
  return all(
    sql(
      db,
      `SELECT c.audited, c.status FROM comments c INDEXED BY comments_audited
         JOIN decisions d ON d.id = c.decision_id
       WHERE c.site_id = ? AND c.audited IS NOT NULL AND c.status <> 'pending'
         AND (d.actor_kind IN ('moderator', 'operator')
           OR (c.erased = 1 AND c.status IN ('rejected', 'spam')))
       ORDER BY c.seq DESC LIMIT ?`,
      siteId,
      most,
    ),
  )
}
