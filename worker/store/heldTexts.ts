import type { D1Database } from '@cloudflare/workers-types'
import { all, sql } from './database.ts'
import { inTime } from './timeOrder.ts'

/** A comment that waits, with what screening knew of it. */
export interface HeldText {
  seq: number
  id: string
  name: string
  body: string
  /** Null where nothing was screened. */
  facts: string | null
}

/** Some comments of a site that wait, the oldest first. @param after the `seq` of the last one before */
export const heldTexts = (
  db: D1Database,
  siteId: string,
  { after, limit }: { after: number | null; limit: number },
): Promise<HeldText[]> =>
  all(
    sql(
      db,
      inTime(
        'c',
        (condition) => `SELECT c.seq, c.id, c.name, c.body, c.facts, c.created_at
          FROM comments c INDEXED BY comments_held_site
          WHERE c.site_id = ?1 AND c.status = 'pending' AND ${condition}`,
        { order: 'ASC', from: after === null ? null : '?3', limit: '?2' },
      ),
      siteId,
      limit,
      ...(after === null ? [] : [after]),
    ),
  )
