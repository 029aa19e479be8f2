import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { Status } from '../contract/status.ts'
import { changed, sql } from './database.ts'
import type { Outcome, Subject } from './decidedComments.ts'
import { naming } from './threadTitles.ts'

/**
 * Holds between the first statement of `record` (or, with a time, of `undo`) and the one that
 * writes the comment: so the same transaction run twice counts once.
 */
export function unapplied(decisionId: string, undoneAt: number | null = null) {
  const standing = undoneAt === null ? 'w.decision_before' : 'w.id'
  return {
    text: `EXISTS (SELECT 1 FROM decisions w JOIN comments s ON s.seq = w.comment_seq
      WHERE w.id = ? AND w.undone_at IS ? AND s.decision_id IS ${standing})`,
    values: [decisionId, undoneAt],
  }
}

export interface Effect {
  outcome: Outcome
  /** The decision that is written or undone. */
  decisionId: string
  /** The decision that stands afterwards. */
  standing: string | null
  /** The status that the author's record counts afterwards. */
  counted: Status
  /** Whether a person's decision makes the comment approved, as it was and as it will be. */
  vouched: { before: boolean; after: boolean }
  /** Milliseconds since the epoch. */
  at: number
  undoneAt?: number
}

/** The statements by which a decision, or its undo, takes effect: counters first, then the comment, then what follows from it. */
export function consequences(db: D1Database, subject: Subject, effect: Effect): D1PreparedStatement[] {
  const { outcome } = effect
  const condition = unapplied(effect.decisionId, effect.undoneAt)
  const change = (text: string, ...values: unknown[]) =>
    sql(db, `${text} AND ${condition.text}`, ...values, ...condition.values)
  const shown = Number(outcome.shownRevision !== null) - Number(subject.shownRevision !== null)
  const delta = (status: Status) => Number(outcome.status === status) - Number(subject.status === status)
  const recorded = (status: Status) => Number(effect.counted === status) - Number(subject.counted === status)

  return [
    ...(outcome.shownRevision !== subject.shownRevision
      ? [
          change(
            'UPDATE threads SET count = count + ?, version = version + 1 WHERE id = ?',
            shown,
            subject.threadId,
          ),
        ]
      : []),
    ...(shown !== 0 && subject.parentSeq !== null
      ? [
          change('UPDATE comments SET branch_count = branch_count + ? WHERE seq = ?', shown, subject.rootSeq),
          change('UPDATE comments SET reply_count = reply_count + ? WHERE seq = ?', shown, subject.parentSeq),
        ]
      : []),
    change(
      `UPDATE authors SET approved = approved + ?1, rejected = rejected + ?2, spam = spam + ?3,
         vouched = vouched + ?6,
         first_approved_at = CASE WHEN ?6 > 0 THEN coalesce(first_approved_at, ?5) ELSE first_approved_at END
       WHERE id = ?4`,
      recorded('approved'),
      recorded('rejected'),
      recorded('spam'),
      subject.authorId,
      effect.at,
      Number(effect.vouched.after) - Number(effect.vouched.before),
    ),
    change(
      `UPDATE tallies SET held = held + ?1, spam = spam + ?2, version = version + 1,
         flagged = flagged + ?3 * (SELECT flags > 0 FROM comments WHERE seq = ?4)
       WHERE site_id = ?5`,
      delta('pending'),
      delta('spam'),
      delta('approved'),
      subject.seq,
      subject.siteId,
    ),
    change(
      `UPDATE comments SET status = ?1, shown_revision = ?2, decision_id = ?3,
         pinned_at = CASE WHEN ?2 IS NOT NULL THEN pinned_at END,
         shown_content = CASE WHEN ?2 < revision THEN
           (SELECT content FROM revisions WHERE comment_seq = comments.seq AND revision = ?2) END,
         shown_version = CASE WHEN shown_revision IS NULL AND ?2 IS NOT NULL
           THEN (SELECT version FROM threads WHERE id = thread_id) ELSE shown_version END
       WHERE seq = ?4`,
      outcome.status,
      outcome.shownRevision,
      effect.standing,
      subject.seq,
    ),
    ...(shown === 0 ? [] : [naming(db, { text: `id = ? AND ${changed.text}`, values: [subject.threadId] })]),
  ]
}
