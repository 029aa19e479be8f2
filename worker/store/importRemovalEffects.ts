import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { Status } from '../contract/status.ts'
import { over, sql } from './database.ts'
import { erasing, forgettingReasonsOfActs } from './erasure.ts'
import { scrubbing } from './scrubbing.ts'
import { ofComment } from './siteRemoval.ts'

/** A comment of an import, as it was found. */
export interface Removable {
  seq: number
  thread: number
  author: number
  parentSeq: number | null
  rootSeq: number | null
  status: Status
  decisionId: string | null
  /** The status that its author's record counts. */
  counted: Status
  /** About the bytes that it takes. */
  bytes: number
  /** 1 where readers see it, where they flagged it, where a flag or an appeal waits, and where a person approved it here. */
  shown: number
  flagged: number
  reported: number
  appealed: number
  vouched: number
  /** 1 where the learner may know it. */
  taught: number
  /** 1 where somebody answered it who did not come with the import. */
  answered: number
  /** 1 of the last of all comments: the next would get its number. */
  last: number
  /** 1 where its author was erased: its id must stay known, or it could be brought again. */
  forgotten: number
}

/** The numbers of comments, as a list in JSON. */
export const listed = (comments: Removable[]) => JSON.stringify(comments.map(({ seq }) => seq))

/** Takes comments off what threads, those that they answer, authors and the site count. */
export function uncounting(db: D1Database, siteId: string, comments: Removable[]): D1PreparedStatement[] {
  const shown = comments.filter((one) => one.shown)
  const having = (status: Status) => comments.filter((one) => one.status === status).length
  const sum = (name: 'flagged' | 'reported' | 'appealed') =>
    comments.reduce((total, one) => total + one[name], 0)
  const threads = [...Map.groupBy(shown, ({ thread }) => thread)].map(([id, { length }]) => ({ id, length }))
  const answered = shown.filter(({ parentSeq }) => parentSeq !== null)
  const ancestors = new Set(answered.flatMap(({ parentSeq, rootSeq }) => [parentSeq, rootSeq]))
  const counted = [...ancestors].map((seq) => ({
    seq,
    replies: answered.filter(({ parentSeq }) => parentSeq === seq).length,
    branch: answered.filter(({ rootSeq }) => rootSeq === seq).length,
  }))
  const authors = [...Map.groupBy(comments, ({ author }) => author)].map(([id, own]) => {
    const of = (status: Status) => own.filter((one) => one.counted === status).length
    return {
      ...{ id, approved: of('approved'), rejected: of('rejected'), spam: of('spam') },
      vouched: own.filter((one) => one.vouched).length,
    }
  })
  return [
    ...(threads.length > 0
      ? [
          over(
            db,
            threads,
            `UPDATE threads AS t SET count = t.count - x.length, version = t.version + 1 FROM x WHERE t.id = x.id`,
          ),
        ]
      : []),
    ...(counted.length > 0
      ? [
          over(
            db,
            counted,
            `UPDATE comments AS c SET reply_count = c.reply_count - x.replies, branch_count = c.branch_count - x.branch
             FROM x WHERE c.seq = x.seq`,
          ),
        ]
      : []),
    over(
      db,
      authors,
      `UPDATE authors AS a SET approved = a.approved - x.approved, rejected = a.rejected - x.rejected,
         spam = a.spam - x.spam, vouched = a.vouched - x.vouched FROM x WHERE a.id = x.id`,
    ),
    sql(
      db,
      `UPDATE tallies SET held = held - ?, spam = spam - ?, flagged = flagged - ?, reported = reported - ?,
         appeals = appeals - ?, version = version + 1 WHERE site_id = ?`,
      ...[having('pending'), having('spam'), sum('flagged'), sum('reported'), sum('appealed'), siteId],
    ),
  ]
}

/**
 * Leaves comments without words, as withdrawn ones. They belong to the import no more and get other ids, so that they can
 * be brought again; not those of whom was erased. The last of all comments answers nothing any more, so that nothing
 * stays for it alone.
 */
export function emptying(db: D1Database, comments: Removable[], at: number): D1PreparedStatement[] {
  const which = { text: 'SELECT value FROM json_each(?)', values: [listed(comments)] }
  const ids = comments
    .filter(({ forgotten }) => !forgotten)
    .map(({ seq }) => ({ seq, id: crypto.randomUUID() }))
  const alone = comments.filter((one) => one.last && !one.answered)
  return [
    ...(ids.length > 0
      ? [
          over(db, ids, 'UPDATE comments AS c SET id = x.id FROM x WHERE c.seq = x.seq'),
          over(db, ids, 'UPDATE comments AS c SET parent_id = x.id FROM x WHERE c.parent_seq = x.seq'),
        ]
      : []),
    sql(
      db,
      'UPDATE comments SET parent_id = NULL, parent_seq = NULL, root_seq = NULL WHERE seq IN (SELECT value FROM json_each(?))',
      listed(alone),
    ),
    ...erasing(db, { comments: which, refused: false, at }),
    sql(
      db,
      `UPDATE comments SET status = 'deleted', shown_revision = NULL, shown_content = NULL, import_number = NULL,
         decided_before = 0, judged = 0, likes = 0, flags = 0, open_flags = 0, last_flag_at = NULL, flag_reasons = 0,
         appeal_state = NULL, pinned_at = NULL, staff_id = NULL WHERE seq IN (${which.text})`,
      ...which.values,
    ),
    ...['flags', 'likes'].map((table) =>
      sql(db, `DELETE FROM ${table} WHERE comment_seq IN (${which.text})`, ...which.values),
    ),
  ]
}

/** Removes comments for good, with what belongs to them. */
export function deleting(
  db: D1Database,
  siteId: string,
  comments: Removable[],
  at: number,
): D1PreparedStatement[] {
  const which = { text: 'SELECT value FROM json_each(?)', values: [listed(comments)] }
  return [
    scrubbing(db, at, { text: 'TRUE', values: [] }),
    sql(db, 'PRAGMA defer_foreign_keys = on'),
    forgettingReasonsOfActs(db, which),
    sql(db, `DELETE FROM comments WHERE seq IN (${which.text})`, ...which.values),
    ...ofComment.map((table) =>
      sql(db, `DELETE FROM ${table} WHERE comment_seq IN (${which.text})`, ...which.values),
    ),
    sql(
      db,
      // A look at what is old may have come to one of them.
      "UPDATE tallies SET total = total - ?, bytes = bytes - ?, expiry_places = '{}' WHERE site_id = ?",
      ...[comments.length, comments.reduce((sum, { bytes }) => sum + bytes, 0), siteId],
    ),
  ]
}
