import type { D1Database } from '@cloudflare/workers-types'
import type { ActorKind } from '../contract/decisions.ts'
import { all, sql } from './database.ts'

/** An act of the log. Decisions on comments together are one, with the action they have in common and their count. */
export interface LatestAct {
  id: number
  at: number
  by: ActorKind
  act: string
  action: string | null
  count: number | null
}

/** The latest acts of a site, or (null) of all: at most so many. */
export const latestActs = (db: D1Database, siteId: string | null, limit: number): Promise<LatestAct[]> =>
  all(
    sql(
      db,
      `SELECT id, at, actor_kind AS by, act, details ->> 'action' AS action, details ->> 'count' AS count
       FROM events INDEXED BY ${siteId === null ? 'events_log' : 'events_site'}
       WHERE logged = 1 ${siteId === null ? '' : 'AND site_id = ?'}
       ORDER BY id DESC LIMIT ?`,
      ...(siteId === null ? [] : [siteId]),
      limit,
    ),
  )
