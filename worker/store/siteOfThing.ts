import type { D1Database } from '@cloudflare/workers-types'
import { first, sql } from './database.ts'

const queries = {
  comment: 'SELECT site_id AS siteId FROM comments WHERE id = ?',
  decision:
    'SELECT c.site_id AS siteId FROM decisions d JOIN comments c ON c.seq = d.comment_seq WHERE d.id = ?',
  thread: 'SELECT site_id AS siteId FROM threads WHERE id = ?',
  author: 'SELECT site_id AS siteId FROM authors WHERE public_id = ?',
  ban: 'SELECT site_id AS siteId FROM bans WHERE id = ?',
  token: 'SELECT site_id AS siteId FROM tokens WHERE id = ?',
  site: 'SELECT id AS siteId FROM sites WHERE id = ?',
}

/** What a path can name by its id. */
export type Thing = keyof typeof queries

/** The site that a thing belongs to; null when it belongs to the instance, or is not there. */
export async function siteOfThing(db: D1Database, thing: Thing, id: string): Promise<string | null> {
  const row = await first<{ siteId: string | null }>(sql(db, queries[thing], id))
  return row?.siteId ?? null
}
