import type { D1Database } from '@cloudflare/workers-types'
import { all, first, sql } from './database.ts'

/** What the dashboard's tabs count of a site. */
export interface SiteFigures {
  site: string
  held: number
  flagged: number
  spam: number
  total: number
}

/** The tallies of all sites: a row a site, however many comments it has. */
export const ofSites = (db: D1Database): Promise<SiteFigures[]> =>
  all(sql(db, 'SELECT site_id AS site, held, flagged, spam, total FROM tallies ORDER BY site_id'))

/** Deliveries that wait for their time or another try, looking at no more than 1,000. */
export async function waitingDeliveries(db: D1Database): Promise<number> {
  const row = await first<{ waiting: number }>(
    sql(
      db,
      `SELECT count(*) AS waiting FROM
         (SELECT 1 FROM outbox INDEXED BY outbox_due WHERE dead_at IS NULL LIMIT 1000)`,
    ),
  )
  return row?.waiting ?? 0
}
