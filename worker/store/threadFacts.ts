import type { D1Database } from '@cloudflare/workers-types'
import { mostOfStatus } from '../contract/staffThread.ts'
import { type Status, statuses } from '../contract/status.ts'
import { all, first, sql } from './database.ts'
import { type Thread, threadColumns } from './threads.ts'
import { called } from './threadTitles.ts'

/** A thread, with what its comments tell of it. */
export interface ThreadFacts extends Thread, Record<Status, number> {
  siteId: string
  /** What its latest comments call its page, where readers see none. */
  pageUrl: string
  pageTitle: string
  /** Milliseconds since the epoch; null where it has no comment. */
  firstAt: number | null
  lastAt: number | null
}

const of = (status: Status, more: string) =>
  `FROM comments INDEXED BY comments_thread WHERE thread_id = t.id AND status = '${status}' ${more}`

const counted = statuses.map(
  (status) => `(SELECT count(*) FROM (SELECT 1 ${of(status, `LIMIT ${mostOfStatus}`)})) AS ${status}`,
)

/** The first of each status in an order of time, folded. */
const edge = (fold: 'min' | 'max', order: 'ASC' | 'DESC') =>
  `(SELECT ${fold}(at) FROM (${statuses
    .map((status) => `SELECT (SELECT created_at ${of(status, `ORDER BY created_at ${order} LIMIT 1`)}) AS at`)
    .join(' UNION ALL ')}))`

/** A thread by its number, or by that of one which went into it; of each status no more than so many comments are looked at. */
export const byId = (db: D1Database, id: number): Promise<ThreadFacts | null> =>
  first<ThreadFacts>(
    sql(
      db,
      `SELECT ${threadColumns}, t.site_id AS siteId, ${counted},
         ${edge('min', 'ASC')} AS firstAt, ${edge('max', 'DESC')} AS lastAt,
         ${called('page_url')} AS pageUrl, ${called('page_title')} AS pageTitle
       FROM threads t CROSS JOIN sites s ON s.id = t.site_id
       WHERE t.id = (SELECT coalesce(moved_to, id) FROM threads WHERE id = ?)`,
      id,
    ),
  )

/** The comments that stand above the others of a thread, as they begin. */
export const pinnedIn = (
  db: D1Database,
  threadId: number,
): Promise<{ id: string; name: string; words: string }[]> =>
  all(
    sql(
      db,
      `SELECT id, name, substr(body, 1, 400) AS words FROM comments INDEXED BY comments_pinned
       WHERE thread_id = (SELECT coalesce(moved_to, id) FROM threads WHERE id = ?) AND pinned_at IS NOT NULL
       ORDER BY pinned_at`,
      threadId,
    ),
  )
