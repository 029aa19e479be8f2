import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import { siteSettings } from '../contract/siteSettings.ts'
import { all, batch, first, over, sql } from './database.ts'
import { titleForStaff } from './threadTitles.ts'

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
  /** Days after its first comment when it closes: null as its site says, 0 never. */
  closeAfterDays: number | null
  /** When it closes by itself, or has; null where it does not. */
  agedAt: number | null
  /** Seconds that an author waits between two comments. */
  slowSeconds: number
}

/** The version of a row `thread` that readers know: it changes with the thread and with what they see of its site. */
export const versionOf = (thread: string) =>
  `${thread}.version + (SELECT version FROM sites WHERE id = ${thread}.site_id)`

const afterDays = `coalesce(t.close_after, s.settings ->> 'closeAfterDays', ${siteSettings.closeAfterDays.preset})`

/**
 * When a thread `t` of a site `s` closes by itself, in milliseconds; null where it does not. One of which readers see no
 * comment is to them as one that is not there, so it stays open.
 */
export const agedAt = `iif(t.count > 0 AND ${afterDays} > 0, t.created_at + ${afterDays} * 86400000, NULL)`

/** What a `Thread` is read from, in a query where `t` is the thread and `s` its site. */
export const threadColumns = `t.id, t.key, t.url, t.title, t.given_title AS givenTitle, t.count,
  t.version + s.version AS version, t.closed_at AS closedAt, t.checked, t.close_after AS closeAfterDays,
  ${agedAt} AS agedAt, t.slow_seconds AS slowSeconds`

/** The number of a site's thread by a key, in a query: of a key that moved, of the thread which answers under it now. */
export const threadAt = (siteId: string, key: string) =>
  `(SELECT coalesce(moved_to, id) FROM threads WHERE site_id = ${siteId} AND key = ${key})`

/** The thread that answers under a key. */
export async function find(db: D1Database, siteId: string, key: string): Promise<Thread | null> {
  return first<Thread>(
    sql(
      db,
      // The second part is looked at where the first finds nothing.
      `SELECT * FROM (SELECT ${threadColumns} FROM threads t CROSS JOIN sites s ON s.id = t.site_id
         WHERE t.site_id = ?1 AND t.key = ?2 AND t.moved_to IS NULL)
       UNION ALL SELECT * FROM (SELECT ${threadColumns} FROM threads m CROSS JOIN threads t ON t.id = m.moved_to
         CROSS JOIN sites s ON s.id = t.site_id WHERE m.site_id = ?1 AND m.key = ?2) LIMIT 1`,
      siteId,
      key,
    ),
  )
}

/** Shown comments of several threads; those without any are left out. */
export async function counts(db: D1Database, siteId: string, keys: string[]): Promise<Map<string, number>> {
  const rows = await all<{ key: string; count: number }>(
    sql(
      db,
      // A join, since a list for `IN` would be read once more.
      `SELECT t.key, CASE WHEN t.moved_to IS NULL THEN t.count
         ELSE (SELECT count FROM threads WHERE id = t.moved_to) END AS count
       FROM json_each(?) j CROSS JOIN threads t ON t.site_id = ? AND t.key = j.value`,
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

/** Where some threads are and what staff read their pages called; those that are gone are left out. */
export async function named(
  db: D1Database,
  ids: number[],
): Promise<Map<number, Pick<Thread, 'id' | 'key' | 'url' | 'title'> & { siteId: string }>> {
  if (ids.length === 0) return new Map()
  const rows = await all<Pick<Thread, 'id' | 'key' | 'url' | 'title'> & { siteId: string }>(
    over(
      db,
      ids.map((id) => ({ id })),
      `SELECT t.id, t.site_id AS siteId, t.key, t.url, ${titleForStaff} AS title
       FROM x CROSS JOIN threads t ON t.id = x.id`,
    ),
  )
  return new Map(rows.map((row) => [row.id, row]))
}
