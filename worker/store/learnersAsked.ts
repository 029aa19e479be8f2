import type { D1Database } from '@cloudflare/workers-types'
import { all, batch, sql } from './database.ts'

/** Most decisions that wait for each other. */
export const mostDue = 200

/** Whether as many decisions wait as are learnt together. Reads no more of them than that. */
const isDue = (site: string, due: string) =>
  `(SELECT count(*) FROM (SELECT 1 FROM untaught WHERE site_id = ${site} LIMIT ${mostDue})) >= coalesce(${due}, 1)`

/**
 * Notes that a job is on its way until a time; false, and nothing noted, while one is, or where too few decisions wait
 * and it is not said that they have waited for long. Milliseconds since the epoch.
 */
export async function ask(
  db: D1Database,
  siteId: string,
  { now, until, isLate = false }: { now: number; until: number; isLate?: boolean },
): Promise<boolean> {
  const [, noted] = await batch<{ until: number }>(db, [
    sql(
      db,
      `INSERT INTO learners (site_id, asked_until)
       SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM learners WHERE site_id = ?1 AND asked_until >= ?3)
         AND (?4 OR ${isDue('?1', '(SELECT due FROM learners WHERE site_id = ?1)')})
       ON CONFLICT (site_id) DO UPDATE SET asked_until = excluded.asked_until`,
      siteId,
      until,
      now,
      isLate ? 1 : 0,
    ),
    // Where the transaction ran twice, the second changed nothing.
    sql(db, 'SELECT asked_until AS until FROM learners WHERE site_id = ?', siteId),
  ])
  return noted?.results[0]?.until === until
}

/** Notes that no job is on its way any more. @returns whether decisions have come that it did not take in */
export async function rest(db: D1Database, siteId: string): Promise<boolean> {
  const [, left] = await batch<{ isAny: number }>(db, [
    sql(db, 'UPDATE learners SET asked_until = 0 WHERE site_id = ? AND asked_until > 0', siteId),
    sql(db, 'SELECT EXISTS (SELECT 1 FROM untaught WHERE site_id = ?) AS isAny', siteId),
  ])
  return left?.results[0]?.isAny === 1
}

/**
 * Sites whose learner has work since before a time, and no job on its way that does it. Fewer decisions than are
 * learnt together are overdue later. Only those that have work are read. Milliseconds since the epoch.
 */
export async function overdue(
  db: D1Database,
  { now, before, late }: { now: number; before: number; late: number },
): Promise<string[]> {
  const rows = await all<{ siteId: string }>(
    sql(
      db,
      `WITH RECURSIVE owing (site_id) AS (
         SELECT min(site_id) FROM untaught
         UNION ALL
         SELECT (SELECT min(site_id) FROM untaught WHERE site_id > owing.site_id) FROM owing
         WHERE site_id IS NOT NULL)
       SELECT owing.site_id AS siteId FROM owing LEFT JOIN learners l ON l.site_id = owing.site_id
       WHERE (SELECT min(since) FROM untaught WHERE site_id = owing.site_id) < ?1
         AND coalesce(l.asked_until, 0) < ?2
         AND (coalesce(l.due, 1) = 1 OR (SELECT min(since) FROM untaught WHERE site_id = owing.site_id) < ?3
           OR ${isDue('owing.site_id', 'l.due')})
       UNION SELECT site_id FROM learners INDEXED BY learners_behind
       WHERE lessons_version <> model_version AND worked_at < ?1 AND asked_until < ?2
       LIMIT 100`,
      before,
      now,
      late,
    ),
  )
  return rows.map(({ siteId }) => siteId)
}
