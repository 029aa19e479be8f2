import type { D1Database } from '@cloudflare/workers-types'
import type { FlagReason } from '../contract/flagReasons.ts'
import type { Status } from '../contract/status.ts'
import { all, sql } from './database.ts'
import type { DecisionColumns } from './decidedComments.ts'
import { reporterId } from './reporters.ts'

/** A decision of a comment, whether it stands or not. */
export interface PastDecisionRow extends DecisionColumns {
  revision: number
  status: Status
  decisionBefore: string | null
  undoneAt: number | null
  undoneBy: string | null
}

const most = 100

const ofComment = '(SELECT seq FROM comments WHERE id = ?1)'

/** The latest decisions of a comment, the latest first. */
export const decisionsOf = (db: D1Database, commentId: string): Promise<PastDecisionRow[]> =>
  all(
    sql(
      db,
      `SELECT id AS decisionId, revision, action, reason, actor_kind AS byKind, actor_name AS byName,
         decided_at AS decidedAt, status_after AS status, decision_before AS decisionBefore, undone_at AS undoneAt,
         undone_by AS undoneBy
       FROM decisions INDEXED BY decisions_comment WHERE comment_seq = ${ofComment}
       ORDER BY decided_at DESC LIMIT ${most}`,
      commentId,
    ),
  )

/** What a reader said is wrong with a comment. */
export interface PastFlagRow {
  reason: FlagReason
  note: string
  at: number
  weight: number
  atOnce: number
  answered: number
  muted: number
  /** Who flagged. */
  reporter: string
  upheld: number
  refused: number
}

/** Flags of a comment, answered or not, the latest first. */
export const flagsOf = (db: D1Database, commentId: string): Promise<PastFlagRow[]> =>
  all(
    sql(
      db,
      `SELECT f.reason, f.note, f.at, f.weight, f.at_once AS atOnce, f.answered, f.muted, ${reporterId} AS reporter,
         coalesce(r.upheld, 0) AS upheld, coalesce(r.refused, 0) AS refused
       FROM (SELECT * FROM (
           SELECT *, 0 AS answered FROM flags INDEXED BY flags_open
           WHERE comment_seq = ${ofComment} AND answered_by IS NULL)
         UNION ALL SELECT * FROM (
           SELECT *, 1 FROM flags
           WHERE comment_seq = ${ofComment} AND answered_by IS NOT NULL LIMIT ${most})) f
         LEFT JOIN reporters r ON r.site_id = f.site_id AND r.id = ${reporterId}
       ORDER BY f.at DESC`,
      commentId,
    ),
  )
