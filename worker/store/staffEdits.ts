import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { CommentDecided } from '../contract/events.ts'
import { first, sql } from './database.ts'
import type { Actor, Subject } from './decidedComments.ts'
import { asFound } from './decisionEffects.ts'
import { record } from './decisions.ts'
import type { Deliveries } from './delivery.ts'
import { forgettingReasons } from './erasure.ts'
import { keepingVersion, type NewText, unread } from './revisions.ts'
import { forgettingAnswer } from './screeners.ts'
import { scrubbing } from './scrubbing.ts'
import { versionsSize } from './sizes.ts'

interface Circumstances {
  decisionId: string
  actor: Actor
  reason: string | null
  /** Milliseconds since the epoch. */
  at: number
  deliveries: Deliveries
}

/**
 * Gives a comment a text of the staff's. Where readers see any of its texts, they see the new one at once; else its
 * status stays. The former text is kept for staff.
 */
export async function edit(
  db: D1Database,
  subject: Subject,
  text: NewText,
  by: Circumstances,
): Promise<CommentDecided | null> {
  return replace(db, subject, { action: 'edit', text, by }, keepingVersion(db, subject, text, by.at))
}

/**
 * The same, while all former texts go for good, with what was said of them and may quote them: complaints, reasons, notes
 * of staff, and what their author asked for and was answered. That it was asked for stays.
 */
export async function redact(
  db: D1Database,
  subject: Subject,
  text: NewText,
  by: Circumstances,
): Promise<CommentDecided | null> {
  const condition = asFound(subject)
  const { values } = condition
  const ofComment = (statement: string) =>
    sql(db, `${statement} WHERE comment_seq = ? AND ${condition.text}`, subject.seq, ...values)
  return replace(db, subject, { action: 'redact', text, by }, [
    sql(
      db,
      `UPDATE tallies SET bytes = bytes + octet_length(?) + octet_length(?) - ${versionsSize('?3')} - (
         SELECT octet_length(body) + octet_length(content) FROM comments WHERE seq = ?3)
       WHERE site_id = ? AND ${condition.text}`,
      text.body,
      text.content,
      subject.seq,
      subject.siteId,
      ...values,
    ),
    scrubbing(db, by.at, condition),
    forgettingAnswer(db, subject, condition),
    ofComment('DELETE FROM revisions'),
    ofComment('DELETE FROM linked_hosts'),
    ofComment("UPDATE flags SET note = ''"),
    ofComment('DELETE FROM notes'),
    ...forgettingReasons(
      db,
      { text: `SELECT ? WHERE ${condition.text}`, values: [subject.seq, ...values] },
      by.decisionId,
    ),
    sql(
      db,
      `UPDATE comments SET request_hash = '', appeal = iif(appeal IS NULL, NULL, ''), appeal_answer = NULL
       WHERE seq = ? AND ${condition.text}`,
      subject.seq,
      ...values,
    ),
  ])
}

async function replace(
  db: D1Database,
  subject: Subject,
  { action, text, by }: { action: 'edit' | 'redact'; text: NewText; by: Circumstances },
  also: D1PreparedStatement[],
): Promise<CommentDecided | null> {
  const { decisionId, ...circumstances } = by
  const isShown = subject.shownRevision !== null
  const outcome = {
    status: isShown ? 'approved' : subject.status,
    shownRevision: isShown ? subject.revision + 1 : null,
  } as const
  const decision = { id: decisionId, action, ...circumstances, outcome }
  const condition = asFound(subject)
  const renewing = sql(
    db,
    `UPDATE comments SET revision = revision + 1, body = ?, content = ?, body_hash = ?, edited_at = ?,
       edited_by = 'staff', verdict = coalesce(verdict, 'hold'), findings = '[]', ${unread}
     WHERE seq = ? AND ${condition.text}`,
    text.body,
    text.content,
    text.bodyHash,
    by.at,
    subject.seq,
    ...condition.values,
  )
  const [event = null] = await record(db, [{ subject, decision, also: [...also, renewing] }])
  return event
}

/** What an edit of the staff's replaced, as long as it is kept. */
export interface Former {
  revision: number
  body: string
  content: string
}

/** The text that an edit of the staff's replaced; null where it is not kept, or the decision is none. */
export const former = (db: D1Database, decisionId: string): Promise<Former | null> =>
  first<Former>(
    sql(
      db,
      `SELECT r.revision, r.body, r.content FROM decisions d
         CROSS JOIN revisions r ON r.comment_seq = d.comment_seq AND r.revision = d.revision
       WHERE d.id = ? AND d.action = 'edit' AND d.actor_kind IN ('moderator', 'operator')
         AND (d.shown_before IS NULL OR EXISTS (SELECT 1 FROM revisions s
           WHERE s.comment_seq = d.comment_seq AND s.revision = d.shown_before))`,
      decisionId,
    ),
  )

/** The same with the fingerprint of its body. */
export type FormerText = Former & NewText

/** Statements that give a comment such a text back, as a further revision. */
export const restoring = (
  db: D1Database,
  subject: Subject,
  { revision, ...text }: FormerText,
  at: number,
): D1PreparedStatement[] => {
  const condition = asFound(subject)
  return [
    ...keepingVersion(db, subject, text, at),
    sql(
      db,
      `UPDATE comments SET (body, content, verdict, findings, edited_at, edited_by) = (
           SELECT body, content, verdict, findings, edited_at, edited_by FROM revisions r
           WHERE r.comment_seq = comments.seq AND r.revision = ?),
         revision = revision + 1, body_hash = ?, ${unread}
       WHERE seq = ? AND ${condition.text}`,
      revision,
      text.bodyHash,
      subject.seq,
      ...condition.values,
    ),
  ]
}
