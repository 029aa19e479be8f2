import type { D1Database } from '@cloudflare/workers-types'
import { all, sql } from './database.ts'
import { ofSites } from './listsOfSites.ts'
import { inLists, listsFor } from './queueLists.ts'
import { byTime } from './timeOrder.ts'

/** A comment that came: when, and whether screening left it to a person (1), whatever became of it since. */
export interface Arrival {
  at: number
  held: number
}

/** The latest comments that came to a site, to several or (null) to all, the latest first; none that an import brought. */
export async function latestArrivals(
  db: D1Database,
  siteIds: string[] | null,
  limit: number,
): Promise<Arrival[]> {
  const [only] = siteIds ?? []
  const isOne = siteIds?.length === 1 && only !== undefined
  const lists = listsFor({ tab: 'all', ...{ author: null, threadId: null, ids: null }, siteId: only ?? null })
  const order = 'DESC'
  const latest =
    siteIds === null || isOne
      ? `${inLists(lists, isOne ? ['c.site_id = ?1'] : [])} ORDER BY ${byTime('c', order)} LIMIT ?2`
      : ofSites(lists, { sites: '?1', order, after: null, limit: '?2' })
  return all(
    sql(
      db,
      `SELECT c.created_at AS at, c.verdict IS 'hold' AS held FROM (${latest}) c WHERE c.import_number IS NULL`,
      isOne ? only : JSON.stringify(siteIds ?? []),
      limit,
    ),
  )
}
