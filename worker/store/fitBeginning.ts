import type { D1Database } from '@cloudflare/workers-types'
import { batch, over, sql } from './database.ts'
import { at, ending, type FitRow, type Stay, stepping } from './fits.ts'

export interface Beginning extends Pick<FitRow, 'version' | 'form' | 'arcs'> {
  /** By arc, its lessons as text, and where what their texts say is: the pack, and the place in it. */
  lessons: { written: string; places: [pack: number, place: number][] }[]
}

/**
 * Begins a fit at a learner's `step`: what the texts of its lessons say is copied in the order in which they are
 * learnt. @returns false, and nothing done, where another job was faster
 */
export async function begin(
  db: D1Database,
  siteId: string,
  step: number,
  { version, form, arcs, lessons, ...stay }: Beginning & Stay,
): Promise<boolean> {
  const { text, values } = at(siteId, step)
  const results = await batch(db, [
    ...ending(db, siteId, { text, values }),
    sql(
      db,
      `INSERT INTO fits (site_id, version, form, arcs) SELECT ?, ?, ?, ? WHERE ${text}`,
      siteId,
      version,
      form,
      arcs,
      ...values,
    ),
    sql(
      db,
      `INSERT INTO fit_arcs (site_id, arc, lessons) SELECT ?, key, value FROM json_each(?) WHERE ${text}`,
      siteId,
      JSON.stringify(lessons.map(({ written }) => written)),
      ...values,
    ),
    ...portionsOf(lessons).map((rows) => copying(db, siteId, step, rows)),
    stepping(db, siteId, step, stay),
  ])
  return results.at(-1)?.meta.changes === 1
}

interface Copied extends Record<string, number> {
  rank: number
  arc: number
  pack: number
  place: number
}

/** Lessons that one statement copies, but for those of one arc: a statement has 100 kB at most. */
const mostCopied = 600

/** Lessons to copy, some arcs at a time, pack by pack: so the JSON of a pack is parsed seldom. */
function portionsOf(arcs: Beginning['lessons']): Copied[][] {
  const portions: Copied[][] = [[]]
  for (const [arc, { places }] of arcs.entries()) {
    const rows = places.map(([pack, place], rank): Copied => ({ rank, arc, pack, place }))
    const last = portions.at(-1) as Copied[]
    if (last.length > 0 && last.length + rows.length > mostCopied) portions.push(rows)
    else last.push(...rows)
  }
  for (const portion of portions)
    portion.sort((one, other) => one.pack - other.pack || one.place - other.place)
  return portions.filter(({ length }) => length > 0)
}

const copying = (db: D1Database, siteId: string, step: number, rows: Copied[]) =>
  over(
    db,
    rows,
    `UPDATE fit_arcs SET wholes = g.wholes, parts = g.parts FROM (
       SELECT arc, group_concat(rank || ' ' || substr(told, 1, space - 1)) AS wholes,
         group_concat(rank || ' ' || substr(told, space + 1)) AS parts
       FROM (
         SELECT rank, arc, told, instr(told || ' ', ' ') AS space
         FROM (
           SELECT x.rank, x.arc, p.features ->> ('$[' || x.place || ']') AS told
           FROM x CROSS JOIN lesson_packs p ON p.site_id = ?2 AND p.pack = x.pack))
       GROUP BY arc) g
     WHERE fit_arcs.site_id = ?2 AND fit_arcs.arc = g.arc
       AND EXISTS (SELECT 1 FROM learners WHERE site_id = ?2 AND step = ?3)`,
    siteId,
    step,
  )
