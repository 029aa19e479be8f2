import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import { all, batch, type Condition, first, sql } from './database.ts'

/** What is made by a fit, and where it lies. */
type Part = 'model' | 'guard'
const sums: Record<Part, string> = { model: 'sums', guard: 'guard_sums' }
const scores: Record<Part, string> = { model: 'scores', guard: 'guard_scores' }

/** A model on its way, as it is kept; `arcs` and scores are what their writers wrote. */
export interface FitRow {
  /** The lessons' version, and the form of all numbers in it. */
  version: number
  form: number
  /** Units that are done. */
  done: number
  arcs: string
  scores: string
  /** Of the guard. */
  guardScores: string
}

export const find = (db: D1Database, siteId: string): Promise<FitRow | null> =>
  first(
    sql(
      db,
      `SELECT version, form, done, arcs, scores, guard_scores AS guardScores FROM fits WHERE site_id = ?`,
      siteId,
    ),
  )

/** Where the learner still stands where it was read. */
export const at = (siteId: string, step: number): Condition => ({
  text: 'EXISTS (SELECT 1 FROM learners WHERE site_id = ? AND step = ?)',
  values: [siteId, step],
})

/** Notes that a job was at work, as the learner's next step; the last statement of its batch. */
export const stepping = (db: D1Database, siteId: string, step: number, { now, until }: Stay) =>
  sql(
    db,
    'UPDATE learners SET step = step + 1, worked_at = ?, asked_until = ? WHERE site_id = ? AND step = ?',
    now,
    until,
    siteId,
    step,
  )

/** When something is noted, and until when the next job is on its way. Milliseconds since the epoch. */
export interface Stay {
  now: number
  until: number
}

/** Statements that end a site's fit under a condition. */
export const ending = (db: D1Database, siteId: string, { text, values }: Condition): D1PreparedStatement[] =>
  ['fit_arcs', 'fit_descents', 'fits'].map((table) =>
    sql(db, `DELETE FROM ${table} WHERE site_id = ? AND ${text}`, siteId, ...values),
  )

/** What a slice of a fit works with; in `wholes` and `parts` each lesson, by its rank in the arc, in no order. */
export interface Material {
  arcs: { arc: number; lessons: string; wholes: string; parts: string | null }[]
  descents: { depth: number; descent: string }[]
  sums: string
}

/** Reads what a slice needs; the parts of some arcs, and the sums where any is scored. */
export async function material(
  db: D1Database,
  siteId: string,
  { of, arcs, scored, depths }: { of: Part; arcs: number[]; scored: number[]; depths: number[] },
): Promise<Material> {
  const [found, descents, fit] = await Promise.all([
    all<Material['arcs'][0]>(
      sql(
        db,
        `SELECT arc, lessons, wholes, iif(arc IN (SELECT value FROM json_each(?3)), parts, NULL) AS parts
         FROM fit_arcs WHERE site_id = ?1 AND arc IN (SELECT value FROM json_each(?2))`,
        siteId,
        JSON.stringify(arcs),
        JSON.stringify(scored),
      ),
    ),
    all<Material['descents'][0]>(
      sql(
        db,
        `SELECT depth, descent FROM fit_descents
         WHERE site_id = ? AND depth IN (SELECT value FROM json_each(?))`,
        siteId,
        JSON.stringify(depths),
      ),
    ),
    scored.length > 0
      ? first<{ sums: string }>(sql(db, `SELECT ${sums[of]} AS sums FROM fits WHERE site_id = ?`, siteId))
      : null,
  ])
  return { arcs: found, descents, sums: fit?.sums ?? '' }
}

/** Sums of a fit as they were written; empty where nothing was scored. */
export const sumsOf = async (db: D1Database, siteId: string): Promise<Record<Part, string>> =>
  (await first<Record<Part, string>>(
    sql(db, 'SELECT sums AS model, guard_sums AS guard FROM fits WHERE site_id = ?', siteId),
  )) ?? { model: '', guard: '' }

/** What a slice changed. */
export interface Slice {
  done: number
  /** Left out where nothing was scored. */
  scored?: { of: Part; sums: string; scores: string }
  descents: { depth: number; descent: string }[]
}

/** Keeps what a slice did; false, and nothing kept, where another job was faster. */
export async function keep(
  db: D1Database,
  siteId: string,
  step: number,
  { done, scored, descents, ...stay }: Slice & Stay,
): Promise<boolean> {
  const { text, values } = at(siteId, step)
  const results = await batch(db, [
    ...descents.map(({ depth, descent }) =>
      sql(
        db,
        `INSERT OR REPLACE INTO fit_descents (site_id, depth, descent) SELECT ?, ?, ? WHERE ${text}`,
        siteId,
        depth,
        descent,
        ...values,
      ),
    ),
    sql(
      db,
      `UPDATE fits SET done = ?${scored ? `, ${sums[scored.of]} = ?, ${scores[scored.of]} = ?` : ''}
       WHERE site_id = ? AND ${text}`,
      done,
      ...(scored ? [scored.sums, scored.scores] : []),
      siteId,
      ...values,
    ),
    stepping(db, siteId, step, stay),
  ])
  return results.at(-1)?.meta.changes === 1
}
