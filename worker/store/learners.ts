import type { D1Database } from '@cloudflare/workers-types'
import type { LearnerEvent } from '../contract/learnerEvents.ts'
import { batch, changed, first, sql } from './database.ts'
import { recordEvent } from './events.ts'
import { ending } from './fits.ts'

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
 * The model that scores a site's comments with its guard, and what keeps it from deciding; null where there is neither.
 *
 * @param known the version of the model that whoever asks has: the model itself is left out where it is the same
 */
export async function model(
  db: D1Database,
  siteId: string,
  known: number,
): Promise<{ modelVersion: number; model: string | null; guard: string; automation: string } | null> {
  return first(
    sql(
      db,
      `SELECT model_version AS modelVersion, iif(model_version = ?2, NULL, model) AS model,
         iif(model_version = ?2, '', guard) AS guard, automation
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

/**
 * Puts a model in place of the one before, made after `step` was read, and ends its fit; false when another job was
 * faster.
 */
export async function putModel(
  db: D1Database,
  siteId: string,
  step: number,
  made: {
    version: number
    model: string
    guard: string
    scores: string
    rescored: number
    due: number
    at: number
  },
): Promise<boolean> {
  const results = await batch(db, [
    ...ending(db, siteId, {
      text: 'EXISTS (SELECT 1 FROM learners WHERE site_id = ? AND step = ?)',
      values: [siteId, step],
    }),
    sql(
      db,
      `UPDATE learners SET model = ?, guard = ?, scores = ?, model_version = ?, rescored = ?, due = ?, step = step + 1,
         worked_at = ?
       WHERE site_id = ? AND step = ?`,
      made.model,
      made.guard,
      made.scores,
      made.version,
      made.rescored,
      made.due,
      made.at,
      siteId,
      step,
    ),
    sql(db, 'UPDATE tallies SET version = version + 1 WHERE site_id = ? AND changes() = 1', siteId),
  ])
  return results.at(-2)?.meta.changes === 1
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
