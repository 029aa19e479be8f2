import type { D1Database } from '@cloudflare/workers-types'
import type { LearnerEvent } from '../contract/events.ts'
import { all, batch, changed, first, sql } from './database.ts'
import { recordEvent } from './events.ts'

/** A site's learner as it is kept; `model`, `scores` and `work` are what their writers wrote. */
export interface Learner {
  lessonsVersion: number
  modelVersion: number
  step: number
  work: string | null
  automation: string
  /** Decisions in the model by which held comments were last scored anew. */
  rescored: number
}

export async function find(db: D1Database, siteId: string): Promise<Learner | null> {
  return first(
    sql(
      db,
      `SELECT lessons_version AS lessonsVersion, model_version AS modelVersion, step, work, automation, rescored
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

interface Moment {
  siteId: string
  /** The `step` that the work was read at. */
  step: number
  /** Milliseconds since the epoch. */
  at: number
}

/** Keeps work half done; false when another job was faster. */
export async function keepWork(db: D1Database, { siteId, step, at }: Moment, work: string): Promise<boolean> {
  const [kept] = await batch(db, [
    sql(
      db,
      'UPDATE learners SET work = ?, step = step + 1, worked_at = ? WHERE site_id = ? AND step = ?',
      work,
      at,
      siteId,
      step,
    ),
  ])
  return kept?.meta.changes === 1
}

/** Puts a finished model in place of the one before; false when another job was faster. */
export async function putModel(
  db: D1Database,
  { siteId, step, at }: Moment,
  made: { version: number; model: string; scores: string; rescored: number },
): Promise<boolean> {
  const [put] = await batch(db, [
    sql(
      db,
      `UPDATE learners SET model = ?, scores = ?, model_version = ?, rescored = ?, work = NULL, step = step + 1, worked_at = ?
       WHERE site_id = ? AND step = ?`,
      made.model,
      made.scores,
      made.version,
      made.rescored,
      at,
      siteId,
      step,
    ),
    sql(db, 'UPDATE tallies SET version = version + 1 WHERE site_id = ? AND changes() = 1', siteId),
  ])
  return put?.meta.changes === 1
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

/** Sites whose learner has work that its jobs should have done by a time. Only those that have work are read. */
export async function overdue(db: D1Database, before: number): Promise<string[]> {
  const rows = await all<{ siteId: string }>(
    sql(
      db,
      `WITH RECURSIVE owing (site_id) AS (
         SELECT min(site_id) FROM untaught
         UNION ALL
         SELECT (SELECT min(site_id) FROM untaught WHERE site_id > owing.site_id) FROM owing
         WHERE site_id IS NOT NULL)
       SELECT site_id AS siteId FROM owing
       WHERE (SELECT min(since) FROM untaught WHERE site_id = owing.site_id) < ?1
       UNION SELECT site_id FROM learners INDEXED BY learners_behind
       WHERE lessons_version <> model_version AND worked_at < ?1
       LIMIT 100`,
      before,
    ),
  )
  return rows.map(({ siteId }) => siteId)
}
