import type { D1Database } from '@cloudflare/workers-types'
import { all, batch, sql } from './database.ts'

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
