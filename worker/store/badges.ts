import type { D1Database } from '@cloudflare/workers-types'
import type { AuthorEvent } from '../contract/authorEvents.ts'
import { all, batch, changed, first, sql } from './database.ts'
import type { Actor } from './decidedComments.ts'
import { recordEvent } from './events.ts'

/** Gives an author a badge, or takes it. @returns what happened, or null when nobody has this public id */
export async function set(
  db: D1Database,
  publicId: string,
  badge: string | null,
  { actor, at }: { actor: Actor; at: number },
): Promise<AuthorEvent[] | null> {
  const author = await first<{ id: number; siteId: string; former: string | null }>(
    sql(db, 'SELECT id, site_id AS siteId, badge AS former FROM authors WHERE public_id = ?', publicId),
  )
  if (!author) return null
  const { id, siteId, former } = author
  const event: AuthorEvent = { act: 'author.badge', at, actor, siteId, value: publicId, badge, former }
  const [written] = await batch(db, [
    sql(db, 'UPDATE authors SET badge = ?1 WHERE id = ?2 AND badge IS NOT ?1', badge, id),
    recordEvent(db, event, changed),
    sql(db, 'UPDATE tallies SET version = version + 1 WHERE site_id = ? AND changes() = 1', siteId),
    sql(db, 'UPDATE sites SET version = version + 1 WHERE id = ? AND changes() = 1', siteId),
  ])
  return written?.meta.changes === 1 ? [event] : []
}

/** Badges of a site's staff, by their public id as authors. */
export async function badgesOf(db: D1Database, siteId: string): Promise<Map<string, string>> {
  const rows = await all<{ id: string; badge: string }>(
    sql(
      db,
      `SELECT public_id AS id, badge FROM authors INDEXED BY authors_badged
       WHERE site_id = ? AND badge IS NOT NULL`,
      siteId,
    ),
  )
  return new Map(rows.map(({ id, badge }) => [id, badge]))
}
