import type { D1Database } from '@cloudflare/workers-types'
import { all, batch, type Condition, sql } from './database.ts'
import { type Label, lookingAgain, mostOfGroup, type Taught, type Told } from './lessons.ts'
import { countRead, fadeVerdicts } from './unread.ts'

/** Lessons in one row; `lessons` is what its writer wrote. */
export interface PackRow {
  id: number
  lessons: string
}

/** The lessons that a site's model is made of. */
export const packsOf = (db: D1Database, siteId: string): Promise<PackRow[]> =>
  all<PackRow>(
    sql(db, 'SELECT pack AS id, lessons FROM lesson_packs WHERE site_id = ? ORDER BY pack', siteId),
  )

/** What the texts of packs' lessons say, in their order: a JSON array a pack. */
export const featuresOf = (
  db: D1Database,
  siteId: string,
  ids: number[],
): Promise<{ id: number; features: string }[]> =>
  all(
    sql(
      db,
      `SELECT pack AS id, features FROM lesson_packs WHERE site_id = ? AND pack IN (SELECT value FROM json_each(?))
       ORDER BY pack`,
      siteId,
      JSON.stringify(ids),
    ),
  )

export interface Packing {
  changed: (PackRow & { features: string })[]
  gone: number[]
  /** The comments whose decisions are in them now. */
  taken: { seq: number; since: number }[]
  /** Those among them whose verdict counted as unread, and where: people have read them. */
  read: { seq: number; place: string }[]
  /** Lessons that were in them, and are no more. */
  left: Taught[]
  /** The share of the lessons that are not too old, from 0 to 1. */
  kept: number
  /** Milliseconds since the epoch. */
  at: number
}

/**
 * Puts packs in the place of those that were read at a learner's `step`, and ends the waiting of comments; false, and
 * nothing done, where another job was faster. The lessons have another version where a pack has changed.
 */
export async function putPacks(
  db: D1Database,
  siteId: string,
  step: number,
  { changed, gone, taken, read, left, kept, at }: Packing,
): Promise<boolean> {
  const condition: Condition = {
    text: 'EXISTS (SELECT 1 FROM learners WHERE site_id = ? AND step = ?)',
    values: [siteId, step],
  }
  const isAnother = changed.length + gone.length > 0
  const results = await batch(db, [
    sql(
      db,
      `DELETE FROM untaught WHERE comment_seq IN (
         SELECT u.comment_seq FROM json_each(?) j
           CROSS JOIN untaught u ON u.comment_seq = j.value ->> 'seq' AND u.since = j.value ->> 'since')
         AND ${condition.text}`,
      JSON.stringify(taken),
      ...condition.values,
    ),
    ...(left.length > 0 ? lookingAgain(db, siteId, left, { at, condition }) : []),
    ...(read.length > 0 ? countRead(db, siteId, read, condition) : []),
    ...(kept < 1 ? [fadeVerdicts(db, siteId, kept, condition)] : []),
    sql(
      db,
      `DELETE FROM lesson_packs WHERE site_id = ? AND pack IN (SELECT value FROM json_each(?)) AND ${condition.text}`,
      siteId,
      JSON.stringify(gone),
      ...condition.values,
    ),
    ...changed.map(({ id, lessons, features }) =>
      sql(
        db,
        `INSERT OR REPLACE INTO lesson_packs (site_id, pack, lessons, features) SELECT ?, ?, ?, ? WHERE ${condition.text}`,
        siteId,
        id,
        lessons,
        features,
        ...condition.values,
      ),
    ),
    sql(
      db,
      'UPDATE learners SET step = step + 1, lessons_version = lessons_version + ? WHERE site_id = ? AND step = ?',
      isAnother ? 1 : 0,
      siteId,
      step,
    ),
  ])
  return results.at(-1)?.meta.changes === 1
}

/** Lessons with their comments' texts, of one label, before a comment, the latest first. */
export async function earlier(
  db: D1Database,
  siteId: string,
  { label, seq, limit }: { label: Label; seq: number; limit: number },
): Promise<Told[]> {
  return all(
    sql(
      db,
      `SELECT l.comment_seq AS seq, l.label, l.author_id AS author, l.source, l.cluster, c.body, c.name, c.url
       FROM lessons l INDEXED BY lessons_label CROSS JOIN comments c ON c.seq = l.comment_seq
       WHERE l.site_id = ? AND l.label = ? AND l.place < ${mostOfGroup} AND l.comment_seq < ?
       ORDER BY l.comment_seq DESC LIMIT ?`,
      siteId,
      label,
      seq,
      limit,
    ),
  )
}
