import type { D1Database } from '@cloudflare/workers-types'
import type { Status } from '../contract/status.ts'
import { all, first, sql } from './database.ts'
import { inLists } from './queueLists.ts'
import { titleForStaff } from './threadTitles.ts'
import { inTime } from './timeOrder.ts'

/** A thread, as exports for other systems have it. */
export interface ThreadRow {
  id: number
  key: string
  /** What an author's browser called its page, or empty. */
  url: string
  title: string
  closedAt: number | null
  createdAt: number
}

/** Whether pages of a site move now, or have moved since an event; and the latest event there is. */
export async function movedSince(
  db: D1Database,
  siteId: string,
  event: number | null,
): Promise<{ hasMoved: boolean; latest: number }> {
  const row = await first<{ moved: number; latest: number }>(
    sql(
      db,
      `SELECT EXISTS (SELECT 1 FROM thread_moves INDEXED BY thread_moves_open
           WHERE state IN ('working', 'undoing') AND site_id = ?1)
         OR EXISTS (SELECT 1 FROM events INDEXED BY events_act
           WHERE act IN ('thread.move', 'thread.merge', 'thread.unmove', 'thread.unmerge')
             AND act NOT IN ('comment.approve', 'comment.spam') AND logged = 1 AND id > ?2 AND site_id = ?1) AS moved,
         (SELECT max(id) FROM events) AS latest`,
      siteId,
      event ?? Number.MAX_SAFE_INTEGER,
    ),
  )
  return { hasMoved: row?.moved === 1, latest: row?.latest ?? 0 }
}

/** Threads of a site by their keys, from a key on, or after it. */
export const threadsFrom = (
  db: D1Database,
  siteId: string,
  { key, isIncluded, limit }: { key: string; isIncluded: boolean; limit: number },
): Promise<ThreadRow[]> =>
  all(
    sql(
      db,
      `SELECT t.id, t.key, t.url, ${titleForStaff} AS title, t.closed_at AS closedAt, t.created_at AS createdAt
       FROM threads t WHERE t.site_id = ? AND t.key ${isIncluded ? '>=' : '>'} ? AND t.moved_to IS NULL
       ORDER BY t.key LIMIT ?`,
      siteId,
      key,
      limit,
    ),
  )

/** A comment, as exports for other systems have it. */
export interface SiteComment {
  seq: number
  id: string
  parentSeq: number | null
  parentId: string | null
  name: string
  email: string | null
  url: string | null
  status: Status
  /** Markdown. */
  body: string
  /** JSON of the safe tree. */
  content: string
  createdAt: number
  editedAt: number | null
  likes: number
}

/** Some comments of a thread, and whether there are more. */
export interface SiteComments {
  rows: SiteComment[]
  isMore: boolean
}

/** Bytes of texts that one look at a thread brings, unless the first comment has more. */
const mostBytes = 150_000

/**
 * Comments of a thread with some statuses, the first first, after one of them (`seq`) or all.
 *
 * @param limit at most so many; fewer where they are long
 */
export async function commentsOf(
  db: D1Database,
  threadId: number,
  { statuses, after, limit }: { statuses: readonly Status[]; after: number | null; limit: number },
): Promise<SiteComments> {
  const columns = `c.seq, c.id, c.parent_seq AS parentSeq, c.parent_id AS parentId, c.name, c.email, c.url, c.status,
    c.body, c.content, c.created_at, c.edited_at AS editedAt, c.likes`
  const lists = statuses.map((status) => ({ index: 'comments_thread', has: `c.status = '${status}'` }))
  const listed = inTime('c', (condition) => inLists(lists, ['c.thread_id = ?1', condition], columns), {
    ...{ order: 'ASC', from: after === null ? null : '?3', limit: '?2' },
  })
  const order = 'ORDER BY f.created_at, f.seq'
  const found = await all<SiteComment & { listed: number }>(
    sql(
      db,
      `SELECT *, created_at AS createdAt FROM (
         SELECT f.*, count(*) OVER () AS listed, row_number() OVER (${order}) AS place,
           sum(octet_length(f.body) + octet_length(f.content)) OVER (${order}) AS bytes
         FROM (${listed}) f)
       WHERE place = 1 OR bytes <= ${mostBytes} ORDER BY created_at, seq`,
      threadId,
      limit,
      ...(after === null ? [] : [after]),
    ),
  )
  const [{ listed: count = 0 } = {}] = found
  return { rows: found, isMore: found.length < count || count === limit }
}
