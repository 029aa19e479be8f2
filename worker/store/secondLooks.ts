import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { CommentConfirmed } from '../contract/learnerEvents.ts'
import { all, batch, changed, first, sql } from './database.ts'
import type { Subject } from './decidedComments.ts'
import { recordEvent } from './events.ts'
import { untaught } from './lessons.ts'

/** So many second looks of a site wait at most. */
export const mostOpen = 3

/** So many of the latest answers are counted. */
const mostCounted = 30

/** Whether a comment `c` has a judgement of a person to be asked about. */
const isJudged = "c.judged = 1 AND c.erased = 0 AND c.status IN ('approved', 'spam', 'rejected')"

/** Whether a second look `l` waits, and what it is about still stands. */
const isWaiting = `l.answered_at IS NULL AND EXISTS (
  SELECT 1 FROM comments c LEFT JOIN decisions d ON d.id = c.decision_id
  WHERE c.seq = l.comment_seq AND ${isJudged} AND coalesce(d.decided_at, 0) <= l.asked_at)`

/**
 * Asks a person to look again at comments whose decisions contradict the others: each once, the first of them first, as
 * long as few wait. Only what a person decided, and is still there, is asked about; a question about what was decided
 * anew since is dropped.
 */
export async function askAgain(db: D1Database, siteId: string, seqs: number[], at: number): Promise<void> {
  if (seqs.length === 0) return
  await batch(db, [
    sql(
      db,
      `DELETE FROM second_looks AS l INDEXED BY second_looks_open
       WHERE l.site_id = ? AND l.answered_at IS NULL AND NOT (${isWaiting})`,
      siteId,
    ),
    sql(
      db,
      `INSERT INTO second_looks (comment_seq, site_id, asked_at)
       SELECT c.seq, ?1, ?2 FROM json_each(?3) j CROSS JOIN comments c ON c.seq = j.value
       WHERE c.site_id = ?1 AND ${isJudged}
         AND NOT EXISTS (SELECT 1 FROM second_looks WHERE comment_seq = c.seq)
       ORDER BY j.key
       LIMIT max(0, ${mostOpen} - (SELECT count(*) FROM second_looks INDEXED BY second_looks_open
         WHERE site_id = ?1 AND answered_at IS NULL))`,
      siteId,
      at,
      JSON.stringify(seqs),
    ),
  ])
}

/** The numbers of a site's comments that a person is asked about again, the longest waiting first. */
export async function waiting(db: D1Database, siteId: string): Promise<number[]> {
  const rows = await all<{ seq: number }>(
    sql(
      db,
      `SELECT l.comment_seq AS seq FROM second_looks l INDEXED BY second_looks_open
       WHERE l.site_id = ? AND ${isWaiting} ORDER BY l.asked_at LIMIT ${mostOpen}`,
      siteId,
    ),
  )
  return rows.map(({ seq }) => seq)
}

/** How many of a site's latest answers there are, and how many of them changed a decision. */
export async function answered(db: D1Database, siteId: string): Promise<{ count: number; changed: number }> {
  const row = await first<{ count: number; changed: number }>(
    sql(
      db,
      `SELECT count(*) AS count, coalesce(sum(changed), 0) AS changed FROM (
         SELECT changed FROM second_looks INDEXED BY second_looks_answered
         WHERE site_id = ? AND answered_at IS NOT NULL ORDER BY answered_at DESC LIMIT ${mostCounted})`,
      siteId,
    ),
  )
  return row ?? { count: 0, changed: 0 }
}

/** Whether a comment waits for a second look; null where nobody ever asked. */
export async function stateOf(db: D1Database, commentId: string): Promise<{ waits: number } | null> {
  return first(
    sql(
      db,
      `SELECT ${isWaiting} AS waits FROM second_looks l
       WHERE l.comment_seq = (SELECT seq FROM comments WHERE id = ?)`,
      commentId,
    ),
  )
}

/**
 * Notes that a person decided the same again, and has the learner read its lesson anew; as long as the comment is as it
 * was found.
 *
 * @returns whether it was noted; not where somebody was faster
 */
export async function confirm(db: D1Database, subject: Subject, event: CommentConfirmed): Promise<boolean> {
  const { seq, siteId, revision, status, decision } = subject
  const [written] = await batch(db, [
    sql(
      db,
      `UPDATE second_looks SET answered_at = ? WHERE comment_seq = ? AND answered_at IS NULL AND EXISTS (
         SELECT 1 FROM comments c WHERE c.seq = comment_seq AND c.revision = ? AND c.status = ? AND c.decision_id IS ?)`,
      ...[event.at, seq, revision, status, decision?.id ?? null],
    ),
    recordEvent(db, event, changed),
    ...untaught(db, [{ seq, site: siteId, since: event.at }], changed),
  ])
  return written?.meta.changes === 1
}

/** The statement that notes that a person decided otherwise, once the comment has the decision. */
export const changing = (db: D1Database, seq: number, decisionId: string, at: number): D1PreparedStatement =>
  sql(
    db,
    `UPDATE second_looks SET answered_at = ?, changed = 1 WHERE comment_seq = ? AND answered_at IS NULL
       AND EXISTS (SELECT 1 FROM comments c WHERE c.seq = comment_seq AND c.decision_id = ?)`,
    ...[at, seq, decisionId],
  )
