import type { D1Database } from '@cloudflare/workers-types'
import { all, batch, sql } from './database.ts'
import { naming } from './threadTitles.ts'

/** A thread whose key may be in the form of an earlier release. */
export interface Outdated {
  id: number
  siteId: string
  key: string
}

export async function outdated(db: D1Database, limit: number): Promise<Outdated[]> {
  return all(
    sql(
      db,
      `SELECT id, site_id AS siteId, key FROM threads INDEXED BY threads_outdated
       WHERE outdated = 1 ORDER BY id LIMIT ?`,
      limit,
    ),
  )
}

/** Notes that the keys of some threads are as they should be. */
export async function confirmKeys(db: D1Database, threads: Outdated[]): Promise<void> {
  if (threads.length === 0) return
  const ids = JSON.stringify(threads.map(({ id }) => id))
  const text = 'UPDATE threads SET outdated = 0 WHERE id IN (SELECT value FROM json_each(?))'
  await batch(db, [sql(db, text, ids)])
}

/** Gives a thread its key anew. Where another has that key already, its comments go there. */
export async function rewriteKey(db: D1Database, { id, siteId, key }: Outdated): Promise<void> {
  const other = 'SELECT id, version FROM threads WHERE site_id = ?2 AND key = ?3 AND id <> ?1'
  await batch(db, [
    sql(
      db,
      `UPDATE comments SET thread_id = other.id, shown_version = shown_version + other.version
       FROM (${other}) AS other WHERE thread_id = ?1`,
      id,
      siteId,
      key,
    ),
    sql(
      db,
      `UPDATE threads SET count = threads.count + old.count, version = threads.version + old.version + 1,
         closed_at = coalesce(threads.closed_at, old.closed_at), checked = max(threads.checked, old.checked),
         given_title = coalesce(threads.given_title, old.given_title),
         close_after = coalesce(threads.close_after, old.close_after),
         slow_seconds = max(threads.slow_seconds, old.slow_seconds)
       FROM (SELECT count, version, closed_at, checked, given_title, close_after, slow_seconds FROM threads WHERE id = ?1) AS old
       WHERE threads.id IN (SELECT id FROM (${other}))`,
      id,
      siteId,
      key,
    ),
    sql(db, `DELETE FROM threads WHERE id = ?1 AND EXISTS (${other})`, id, siteId, key),
    sql(
      db,
      `UPDATE threads SET outdated = 0, key = ?3, version = version + 1
       WHERE id = ?1 AND site_id = ?2`,
      id,
      siteId,
      key,
    ),
    naming(db, { text: 'site_id = ? AND key = ?', values: [siteId, key] }),
  ])
}
