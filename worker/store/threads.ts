import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { ThreadEvent } from '../contract/events.ts'
import { all, batch, first, over, sql } from './database.ts'
import type { Actor } from './decidedComments.ts'
import { recordEvent } from './events.ts'

export interface Thread {
  id: number
  key: string
  url: string
  title: string
  /** What staff calls its page, in place of `title`. */
  givenTitle: string | null
  count: number
  version: number
  closedAt: number | null
  /** 1 where every comment waits for a person. */
  checked: number
}

/** The version of a row `thread` that readers know: it changes with the thread and with what they see of its site. */
export const versionOf = (thread: string) =>
  `${thread}.version + (SELECT version FROM sites WHERE id = ${thread}.site_id)`

const threadColumns = `id, key, url, title, given_title AS givenTitle, count, ${versionOf('threads')} AS version,
  closed_at AS closedAt, checked`

export async function find(db: D1Database, siteId: string, key: string): Promise<Thread | null> {
  return first<Thread>(
    sql(db, `SELECT ${threadColumns} FROM threads WHERE site_id = ? AND key = ?`, siteId, key),
  )
}

/** Shown comments of several threads; those without any are left out. */
export async function counts(db: D1Database, siteId: string, keys: string[]): Promise<Map<string, number>> {
  const rows = await all<{ key: string; count: number }>(
    sql(
      db,
      // A join, since a list for `IN` would be read once more.
      `SELECT t.key, t.count FROM json_each(?) j CROSS JOIN threads t ON t.site_id = ? AND t.key = j.value`,
      JSON.stringify([...new Set(keys)]),
      siteId,
    ),
  )
  return new Map(rows.map(({ key, count }) => [key, count]))
}

/** Makes a thread unless it is there; part of a comment's insertion. It is nameless until a comment is shown. */
export function ensure(
  db: D1Database,
  thread: { siteId: string; key: string; now: number },
): D1PreparedStatement {
  return sql(
    db,
    'INSERT INTO threads (site_id, key, created_at) VALUES (?, ?, ?) ON CONFLICT (site_id, key) DO NOTHING',
    thread.siteId,
    thread.key,
    thread.now,
  )
}

/** Makes a thread unless it is there. @returns its number */
export async function make(
  db: D1Database,
  thread: { siteId: string; key: string; now: number },
): Promise<number> {
  await batch(db, [ensure(db, thread)])
  return ((await find(db, thread.siteId, thread.key)) as Thread).id
}

/** What is done to a whole thread, with the column that it writes. */
const columns: Record<ThreadEvent['act'], string> = {
  'thread.close': 'closed_at',
  'thread.reopen': 'closed_at',
  'thread.check': 'checked',
  'thread.uncheck': 'checked',
}

/** Closes, reopens, checks or unchecks a thread. @returns what happened, or null when there is no such thread */
export async function change(
  db: D1Database,
  id: number,
  act: ThreadEvent['act'],
  { actor, at }: { actor: Actor; at: number },
): Promise<ThreadEvent | null> {
  const thread = await first<{ siteId: string }>(
    sql(db, 'SELECT site_id AS siteId FROM threads WHERE id = ?', id),
  )
  if (!thread) return null
  const { siteId } = thread
  const event: ThreadEvent = { act, at, actor, siteId, threadId: id }
  const value = { 'thread.close': at, 'thread.reopen': null, 'thread.check': 1, 'thread.uncheck': 0 }[act]
  await batch(db, [
    sql(db, `UPDATE threads SET ${columns[act]} = ?, version = version + 1 WHERE id = ?`, value, id),
    sql(db, 'UPDATE tallies SET version = version + 1 WHERE site_id = ?', siteId),
    recordEvent(db, event),
  ])
  return event
}

/** Where some threads are and what their pages are called; those that are gone are left out. */
export async function named(
  db: D1Database,
  ids: number[],
): Promise<Map<number, Pick<Thread, 'id' | 'key' | 'url' | 'title'> & { siteId: string }>> {
  if (ids.length === 0) return new Map()
  const rows = await all<Pick<Thread, 'id' | 'key' | 'url' | 'title'> & { siteId: string }>(
    over(
      db,
      ids.map((id) => ({ id })),
      `SELECT t.id, t.site_id AS siteId, t.key, t.url, coalesce(t.given_title, t.title) AS title
       FROM x CROSS JOIN threads t ON t.id = x.id`,
    ),
  )
  return new Map(rows.map((row) => [row.id, row]))
}
