import type { D1Database } from '@cloudflare/workers-types'
import { bytesOf, contentOf, loadLong } from './contents.ts'
import { all, sql } from './database.ts'
import { ofShown } from './shownRow.ts'
import { threadAt } from './threads.ts'
import { byTime } from './timeOrder.ts'

/** A shown comment with the page it stands on. */
export interface FeedRow {
  seq: number
  id: string
  name: string
  url: string | null
  /** JSON of its tree; null where it is long and a feed has no room for it. */
  content: string | null
  bytes: number
  createdAt: number
  /** When the revision that readers see replaced the one before. */
  editedAt: number | null
  threadKey: string
  /** What an author’s browser called the page: see `pageAddress`. */
  threadUrl: string
  threadTitle: string
}

// Neither the text nor the time of a revision that waits: those are read off the revision shown.
const columns = `c.seq, c.id, c.name, c.url, c.created_at AS createdAt,
  ${contentOf('c')} AS content, ${bytesOf('c')} AS bytes,
  ${ofShown('c', 'edited_at')} AS editedAt,
  t.key AS threadKey, t.url AS threadUrl, coalesce(t.given_title, t.title) AS threadTitle`

/** A site's latest shown comments, newest first. */
export async function latestOfSite(db: D1Database, siteId: string, limit: number): Promise<FeedRow[]> {
  const rows = await all<FeedRow>(
    sql(
      db,
      `SELECT ${columns} FROM comments c INDEXED BY comments_shown_site CROSS JOIN threads t ON t.id = c.thread_id
       WHERE c.site_id = ? AND c.shown_revision IS NOT NULL ORDER BY ${byTime('c', 'DESC')} LIMIT ?`,
      siteId,
      limit,
    ),
  )
  await loadLong(db, rows)
  return rows
}

/**
 * A thread's comments that came to be shown last, or have the latest texts, so that a reader of the feed misses none;
 * newest first. None where there is no thread of this key.
 */
export async function latestOfThread(
  db: D1Database,
  { siteId, key }: { siteId: string; key: string },
  limit: number,
): Promise<FeedRow[]> {
  const rows = await all<FeedRow>(
    sql(
      db,
      `SELECT ${columns} FROM threads t CROSS JOIN comments c INDEXED BY comments_shown ON c.thread_id = t.id
       WHERE t.id = ${threadAt('?', '?')} AND c.shown_revision IS NOT NULL
       ORDER BY c.shown_version DESC, c.seq DESC LIMIT ?`,
      siteId,
      key,
      limit,
    ),
  )
  rows.sort((one, other) => other.createdAt - one.createdAt || other.seq - one.seq)
  await loadLong(db, rows)
  return rows
}
