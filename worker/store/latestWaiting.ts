import type { D1Database } from '@cloudflare/workers-types'
import type { Choice } from '../contract/notifications.ts'
import { all, sql } from './database.ts'

/** What waits on a site: a comment, and a mark by which somebody who was told of it knows it again. */
export interface Waiting {
  id: string
  mark: string
  createdAt: number
  /** 1 where it waited already in the system that it comes from: that is no news. */
  imported: number
}

/** Of what waits on a site, the latest that are looked at: so many of each kind. */
const mostLatest = 100

/** A list of what waits, the latest first, and what marks a comment in it beside its number. */
const lists = {
  held: {
    index: 'comments_held_site',
    has: "status = 'pending' AND verdict IS NOT NULL AND appeal_state IS NOT 'open'",
    mark: 'revision',
    order: 'created_at',
    isHeld: 1,
  },
  appeals: {
    index: 'comments_appeals_site',
    has: "appeal_state = 'open'",
    mark: "'a'",
    order: 'created_at',
    isHeld: 0,
  },
  flagged: {
    index: 'comments_flagged_latest_site',
    has: "open_flags > 0 AND flags > 0 AND status = 'approved'",
    mark: "'f' || last_flag_at",
    order: 'last_flag_at',
    isHeld: 0,
  },
}

/** The latest that waits on a site, of the kinds that somebody wants to hear of, the longest waiting first. */
export async function latestWaiting(
  db: D1Database,
  siteId: string,
  { held, disputed }: Pick<Choice, 'held' | 'disputed'>,
): Promise<Waiting[]> {
  const wanted = [...(held ? [lists.held] : []), ...(disputed ? [lists.appeals, lists.flagged] : [])]
  const found = await Promise.all(
    wanted.map(({ index, has, mark, order, isHeld }) =>
      all<Waiting>(
        sql(
          db,
          `SELECT id, seq || '.' || ${mark} AS mark, created_at AS createdAt,
             ${isHeld} AND import_number IS NOT NULL AS imported FROM comments INDEXED BY ${index}
           WHERE site_id = ? AND ${has} ORDER BY ${order} DESC LIMIT ${mostLatest}`,
          siteId,
        ),
      ),
    ),
  )
  return found
    .flat()
    .filter(({ imported }) => !imported)
    .sort((one, other) => one.createdAt - other.createdAt)
}
