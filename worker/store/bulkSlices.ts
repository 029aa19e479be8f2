import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { Status } from '../contract/status.ts'
import { type BulkPlace, type BulkRow, withoutWords } from './bulkActs.ts'
import { all, sql } from './database.ts'
import { type Subject, type SubjectRow, subjectColumns, subjectOf } from './decidedComments.ts'
import { type Replaced, replacedJson } from './decisionUndo.ts'

/** What a slice of an act comes to. */
export interface Slice {
  decisions: string[]
  passedOver: number
  /** Where the next one begins; null where nothing is left. */
  next: BulkPlace | null
  /** Milliseconds since the epoch. */
  at: number
}

/**
 * The statements that keep a slice, in the transaction of its decisions, after them. It fails as a whole where the act
 * was stopped meanwhile, or another job did the slice.
 */
export const keeping = (db: D1Database, act: BulkRow, slice: Slice): D1PreparedStatement[] => [
  sql(
    db,
    `INSERT INTO bulk_slices (bulk_id, number, decisions)
     SELECT iif(state = 'working' AND slices = ?2 - 1, id, NULL), ?2, ?3 FROM bulk_acts WHERE id = ?1`,
    act.id,
    act.slices + 1,
    JSON.stringify(slice.decisions),
  ),
  sql(
    db,
    `UPDATE bulk_acts SET slices = slices + 1, passed_over = passed_over + ?2, place = ?3, worked_at = ?4,
       decided = decided + (SELECT count(*) FROM decisions WHERE id IN (SELECT value FROM json_each(?5))),
       state = iif(?3 IS NULL, 'done', state), filter = iif(?3 IS NULL, ${withoutWords}, filter)
     WHERE id = ?1`,
    act.id,
    slice.passedOver,
    slice.next && JSON.stringify(slice.next),
    slice.at,
    JSON.stringify(slice.decisions),
  ),
]

/** The statement that counts what a slice's undo brought back, and that the slice stands no more. */
export const keepingUndo = (
  db: D1Database,
  act: BulkRow,
  { restored, at }: { restored: number; at: number },
): D1PreparedStatement =>
  sql(
    db,
    `UPDATE bulk_acts SET restored = restored + ?, standing = standing - 1, worked_at = ?,
       state = iif(standing <= 1, 'undone', state)
     WHERE id = ? AND state = 'undoing' AND standing = ?`,
    restored,
    at,
    act.id,
    act.standing,
  )

/** The decisions of a slice that stand yet, with what each replaced. */
export async function standingOf(
  db: D1Database,
  act: BulkRow,
): Promise<{ subject: Subject; undone: Replaced }[]> {
  const rows = await all<SubjectRow & Record<'replaced', string>>(
    sql(
      db,
      `SELECT ${subjectColumns}, ${replacedJson} AS replaced
       FROM bulk_slices l CROSS JOIN json_each(l.decisions) x CROSS JOIN decisions d ON d.id = x.value
         CROSS JOIN comments c ON c.seq = d.comment_seq AND c.decision_id = d.id
         LEFT JOIN decisions b ON b.id = d.decision_before
       WHERE l.bulk_id = ? AND l.number = ? AND d.undone_at IS NULL AND c.erased = 0`,
      act.id,
      act.standing,
    ),
  )
  return rows.map(({ replaced, ...row }) => ({
    subject: subjectOf(row as SubjectRow),
    undone: JSON.parse(replaced),
  }))
}

/** What an act did to a comment, as it is read. */
export interface BulkCommentRow {
  commentId: string
  decisionId: string
  siteId: string
  name: string
  words: string
  erased: number
  before: Status
  stands: number
}

/** The comments of a slice. */
export const commentsOf = (db: D1Database, bulkId: string, number: number): Promise<BulkCommentRow[]> =>
  all(
    sql(
      db,
      `SELECT c.id AS commentId, d.id AS decisionId, c.site_id AS siteId, c.name, substr(c.body, 1, 400) AS words,
         c.erased, d.status_before AS before, c.decision_id = d.id AS stands
       FROM bulk_slices l CROSS JOIN json_each(l.decisions) x CROSS JOIN decisions d ON d.id = x.value
         CROSS JOIN comments c ON c.seq = d.comment_seq
       WHERE l.bulk_id = ? AND l.number = ?`,
      bulkId,
      number,
    ),
  )
