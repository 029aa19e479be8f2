import type { D1Database } from '@cloudflare/workers-types'
import type { LearnerEvent } from '../contract/learnerEvents.ts'
import { all, batch, changed, first, sql } from './database.ts'
import { recordEvent } from './events.ts'

/** A site's learner as it is kept; `model` and `scores` are what their writers wrote. */
export interface Learner {
  lessonsVersion: number
  modelVersion: number
  step: number
  automation: string
  /** Decisions in the model by which held comments were last scored anew. */
  rescored: number
}

export async function find(db: D1Database, siteId: string): Promise<Learner | null> {
  return first(
    sql(
      db,
      `SELECT lessons_version AS lessonsVersion, model_version AS modelVersion, step, automation, rescored
       FROM learners WHERE site_id = ?`,
      siteId,
    ),
  )
}

/** Which model scores a site's comments, and what keeps it from deciding. */
export async function version(
  db: D1Database,
  siteId: string,
): Promise<{ modelVersion: number; lessonsVersion: number; automation: string; untaught: number } | null> {
  return first(
    sql(
      db,
      `SELECT coalesce(model_version, 0) AS modelVersion, coalesce(lessons_version, 0) AS lessonsVersion,
         coalesce(automation, '{}') AS automation, EXISTS (SELECT 1 FROM untaught WHERE site_id = ?1) AS untaught
       FROM (SELECT 1) LEFT JOIN learners ON site_id = ?1`,
      siteId,
    ),
  )
}

/**
 * The model that scores a site's comments, and what keeps it from deciding; null where there is neither.
 *
 * @param known the version of the model that whoever asks has: the model itself is left out where it is the same
 */
export async function model(
  db: D1Database,
  siteId: string,
  known: number,
): Promise<{ modelVersion: number; model: string | null; automation: string } | null> {
  return first(
    sql(
      db,
      `SELECT model_version AS modelVersion, iif(model_version = ?2, NULL, model) AS model, automation
       FROM learners WHERE site_id = ?1`,
      siteId,
      known,
    ),
  )
}

/** What the model says of its own lessons as if it did not know them, as it was written. */
export async function scores(db: D1Database, siteId: string): Promise<string | null> {
  const row = await first<{ scores: string | null }>(
    sql(db, 'SELECT scores FROM learners WHERE site_id = ?', siteId),
  )
  return row?.scores ?? null
}

/** Puts a model in place of the one before, made after `step` was read; false when another job was faster. */
export async function putModel(
  db: D1Database,
  siteId: string,
  step: number,
  made: { version: number; model: string; scores: string; rescored: number; at: number },
): Promise<boolean> {
  const [put] = await batch(db, [
    sql(
      db,
      `UPDATE learners SET model = ?, scores = ?, model_version = ?, rescored = ?, step = step + 1, worked_at = ?
       WHERE site_id = ? AND step = ?`,
      made.model,
      made.scores,
      made.version,
      made.rescored,
      made.at,
      siteId,
      step,
    ),
    sql(db, 'UPDATE tallies SET version = version + 1 WHERE site_id = ? AND changes() = 1', siteId),
  ])
  return put?.meta.changes === 1
}

/** Takes away a model that nothing can read. Its learner owes another, which the sweep has made. */
export async function forgetModel(db: D1Database, siteId: string, version: number): Promise<void> {
  await sql(
    db,
    'UPDATE learners SET model = NULL, model_version = 0 WHERE site_id = ? AND model_version = ?',
    siteId,
    version,
  ).run()
}

/** Notes that a job is on its way until a time; false, and nothing noted, while one is. Milliseconds since the epoch. */
export async function ask(
  db: D1Database,
  siteId: string,
  { now, until }: { now: number; until: number },
): Promise<boolean> {
  const [, noted] = await batch<{ until: number }>(db, [
    sql(
      db,
      `INSERT INTO learners (site_id, asked_until)
       SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM learners WHERE site_id = ?1 AND asked_until >= ?3)
       ON CONFLICT (site_id) DO UPDATE SET asked_until = excluded.asked_until`,
      siteId,
      until,
      now,
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

/** Notes what the audit found, and what happened by it. */
export async function noteAutomation(
  db: D1Database,
  siteId: string,
  automation: string,
  events: LearnerEvent[],
): Promise<void> {
  await batch(db, [
    sql(
      db,
      'UPDATE learners SET automation = ?1 WHERE site_id = ?2 AND automation <> ?1',
      automation,
      siteId,
    ),
    ...events.map((event) => recordEvent(db, event, changed)),
  ])
}

/**
 * Sites whose learner has work since before a time, and no job on its way that does it. Only those that have work
 * are read. Milliseconds since the epoch.
 */
export async function overdue(
  db: D1Database,
  { now, before }: { now: number; before: number },
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
       UNION SELECT site_id FROM learners INDEXED BY learners_behind
       WHERE lessons_version <> model_version AND worked_at < ?1 AND asked_until < ?2
       LIMIT 100`,
      before,
      now,
    ),
  )
  return rows.map(({ siteId }) => siteId)
}
