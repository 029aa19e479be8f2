import type { D1Database } from '@cloudflare/workers-types'
import type { AuthorEvent } from '../contract/authorEvents.ts'
import type { TrustPin } from '../contract/findings.ts'
import { batch, changed, first, sql } from './database.ts'
import type { Actor } from './decidedComments.ts'
import { recordEvent } from './events.ts'

/** Settles whether an author is trusted. @returns what happened, or null when nobody has this public id */
export async function set(
  db: D1Database,
  publicId: string,
  pinned: TrustPin | null,
  { actor, at }: { actor: Actor; at: number },
): Promise<AuthorEvent[] | null> {
  const author = await first<{ id: number; siteId: string; former: TrustPin | null }>(
    sql(
      db,
      'SELECT id, site_id AS siteId, pinned_trust AS former FROM authors WHERE public_id = ?',
      publicId,
    ),
  )
  if (!author) return null
  const { id, siteId, former } = author
  const event: AuthorEvent = { act: 'author.trust', at, actor, siteId, value: publicId, pinned, former }
  const [written] = await batch(db, [
    sql(db, 'UPDATE authors SET pinned_trust = ?1 WHERE id = ?2 AND pinned_trust IS NOT ?1', pinned, id),
    recordEvent(db, event, changed),
    sql(db, 'UPDATE tallies SET version = version + 1 WHERE site_id = ? AND changes() = 1', siteId),
  ])
  return written?.meta.changes === 1 ? [event] : []
}
