import type { D1Database } from '@cloudflare/workers-types'
import { all, batch, sql } from './database.ts'

/** Where a site's thread was last asked for, of each origin that is registered. */
export interface Sighting {
  siteId: string
  /** As it is registered. */
  registered: string
  origin: string
  /** The key of the page's thread. */
  key: string
  /** Milliseconds since the epoch. */
  at: number
}

/** Notes where a site was seen, unless that was noted since some time. */
export async function note(db: D1Database, { siteId, ...seen }: Sighting, since: number): Promise<void> {
  await batch(db, [
    sql(
      db,
      `INSERT INTO sightings (site_id, registered, origin, key, seen_at)
       SELECT id, ?2, ?3, ?4, ?5 FROM sites WHERE id = ?1
       ON CONFLICT (site_id, registered) DO UPDATE SET origin = ?3, key = ?4, seen_at = ?5 WHERE seen_at < ?6`,
      siteId,
      seen.registered,
      seen.origin,
      seen.key,
      seen.at,
      since,
    ),
  ])
}

/** Where a site was seen, the latest first. */
export const ofSite = (db: D1Database, siteId: string): Promise<Sighting[]> =>
  all(
    sql(
      db,
      `SELECT site_id AS siteId, registered, origin, key, seen_at AS at FROM sightings
       WHERE site_id = ? ORDER BY seen_at DESC`,
      siteId,
    ),
  )
