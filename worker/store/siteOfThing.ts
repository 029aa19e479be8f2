import type { D1Database } from '@cloudflare/workers-types'
import { first, sql } from './database.ts'

const queries = {
  comment: 'SELECT site_id AS siteId FROM comments WHERE id = ?',
  decision:
    'SELECT c.site_id AS siteId FROM decisions d JOIN comments c ON c.seq = d.comment_seq WHERE d.id = ?',
  thread: 'SELECT site_id AS siteId FROM threads WHERE id = ?',
  author: 'SELECT site_id AS siteId FROM authors WHERE public_id = ?',
  ban: 'SELECT site_id AS siteId FROM bans WHERE id = ?',
  // Of an act on several sites the first: whoever acts on it looks at all of them.
  bulkAct: 'SELECT site_ids ->> 0 AS siteId FROM bulk_acts WHERE id = ?',
  import: 'SELECT site_id AS siteId FROM imports WHERE id = ?',
  threadMove: 'SELECT site_id AS siteId FROM thread_moves WHERE id = ?',
  endpoint: 'SELECT site_id AS siteId FROM endpoints WHERE id = ?',
  token: 'SELECT site_id AS siteId FROM tokens WHERE id = ?',
  site: 'SELECT id AS siteId FROM sites WHERE id = ?',
}

/** What belongs to a site, and a path can name by its id. */
export type SiteThing = keyof typeof queries

/** What a path can name by its id. People and their sessions belong to several sites, or to none. */
export type Thing = SiteThing | 'person' | 'session'

export const isOfSite = (thing: Thing): thing is SiteThing => Object.hasOwn(queries, thing)

/** The site that a thing belongs to; null when it belongs to the instance, or is not there. */
export async function siteOfThing(db: D1Database, thing: SiteThing, id: string): Promise<string | null> {
  const row = await first<{ siteId: string | null }>(sql(db, queries[thing], id))
  return row?.siteId ?? null
}
