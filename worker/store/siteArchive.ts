import type { D1Database } from '@cloudflare/workers-types'
import type { StaffEvent } from '../contract/events.ts'
import { batch, changed, sql } from './database.ts'
import type { Actor } from './decidedComments.ts'
import { recordEvent } from './events.ts'

/** Archives a site or brings it back. @returns what happened, none where it is so already */
export async function archive(
  db: D1Database,
  siteId: string,
  archived: boolean,
  { actor, at }: { actor: Actor; at: number },
): Promise<StaffEvent[]> {
  const event: StaffEvent = { act: archived ? 'site.archive' : 'site.restore', at, actor, siteId }
  const [written] = await batch(db, [
    sql(
      db,
      `UPDATE sites SET archived_at = ?1, version = version + 1
       WHERE id = ?2 AND (archived_at IS NULL) = (?1 IS NOT NULL)`,
      archived ? at : null,
      siteId,
    ),
    recordEvent(db, event, changed),
  ])
  return written?.meta.changes === 1 ? [event] : []
}
