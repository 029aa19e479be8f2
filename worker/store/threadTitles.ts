import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { ThreadRenamed } from '../contract/threadEvents.ts'
import { all, batch, type Condition, changed, first, sql } from './database.ts'
import type { Actor } from './decidedComments.ts'
import { recordEvent } from './events.ts'
import { byTime } from './timeOrder.ts'

/** Address and title of a thread's page, by its oldest shown comment that has a title, else by the first to be shown. */
const named = (thread: string) => {
  const of = (index: string) => `SELECT n.page_url, n.page_title FROM comments n INDEXED BY ${index}
    WHERE n.thread_id = ${thread} AND n.shown_revision IS NOT NULL`
  return `SELECT * FROM (${of('comments_titled')} AND n.page_title <> '' ORDER BY ${byTime('n', 'ASC')} LIMIT 1)
    UNION ALL SELECT * FROM (${of('comments_shown')} ORDER BY n.shown_version LIMIT 1)
    UNION ALL SELECT '', '' LIMIT 1`
}

/** What the page of a thread `t` is called by the latest of its comments that wait, or else of its spam, in a query. */
export const called = (column: 'page_url' | 'page_title') =>
  `coalesce(${['pending', 'spam']
    .map(
      (status) => `(SELECT ${column} FROM comments INDEXED BY comments_thread
        WHERE thread_id = t.id AND status = '${status}' ORDER BY created_at DESC LIMIT 1)`,
    )
    .join(', ')}, '')`

/** What staff read the page of a thread `t` called, in a query; empty where nobody names it. Readers see shown comments' titles. */
export const titleForStaff = `coalesce(t.given_title, iif(t.count > 0, t.title, ${called('page_title')}))`

/** A statement by which the page of a thread, where it is one of a condition, is called as its comments say. */
export const naming = (db: D1Database, { text, values }: Condition): D1PreparedStatement =>
  sql(
    db,
    `UPDATE threads SET (url, title) = (${named('threads.id')})
     WHERE ${text} AND (url, title) IS NOT (${named('threads.id')})`,
    ...values,
  )

/** Calls a page by a title that stays, or by what its comments say again. @returns what happened; null without a thread */
export async function rename(
  db: D1Database,
  id: number,
  title: string | null,
  { actor, at }: { actor: Actor; at: number },
): Promise<ThreadRenamed[] | null> {
  const thread = await first<{ siteId: string; former: string | null }>(
    sql(
      db,
      'SELECT site_id AS siteId, given_title AS former FROM threads WHERE id = ? AND moved_to IS NULL',
      id,
    ),
  )
  if (!thread) return null
  const { siteId, former } = thread
  const event: ThreadRenamed = { act: 'thread.rename', at, actor, siteId, threadId: id, title, former }
  const [written] = await batch(db, [
    sql(
      db,
      'UPDATE threads SET given_title = ?1, version = version + 1 WHERE id = ?2 AND given_title IS NOT ?1',
      title,
      id,
    ),
    recordEvent(db, event, changed),
    sql(db, `UPDATE tallies SET version = version + 1 WHERE site_id = ? AND changes() = 1`, siteId),
  ])
  return written?.meta.changes === 1 ? [event] : []
}

/** What the pages of some threads are called; by their key where no title is known. */
export async function titlesOf(db: D1Database, ids: number[]): Promise<Map<number, string>> {
  const rows = await all<{ id: number; title: string }>(
    sql(
      db,
      `SELECT t.id, coalesce(nullif(${titleForStaff}, ''), t.key) AS title FROM threads t
       WHERE t.id IN (SELECT value FROM json_each(?))`,
      JSON.stringify(ids),
    ),
  )
  return new Map(rows.map(({ id, title }) => [id, title]))
}
