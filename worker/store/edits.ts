import type { D1Database } from '@cloudflare/workers-types'
import type { CommentDecided } from '../contract/events.ts'
import { sql } from './database.ts'
import { type Act, spending } from './dayBudget.ts'
import type { Actor, Subject } from './decidedComments.ts'
import { asFound } from './decisionEffects.ts'
import { record } from './decisions.ts'
import type { Deliveries } from './delivery.ts'
import { erasing } from './erasure.ts'
import * as flags from './flags.ts'
import { forgettingAuthor } from './notes.ts'
import { keepingVersion, type NewText, unread } from './revisions.ts'
import * as screeners from './screeners.ts'

/** Of an act by a comment's author. */
export interface Circumstances {
  decisionId: string
  actor: Actor
  /** Milliseconds since the epoch. */
  at: number
  deliveries: Deliveries
  /** Counted for the author's network. */
  spends: Act | null
}

/**
 * Replaces a comment's text by a new revision that waits for screening. The old one is kept, with some before it; where
 * readers see it, they go on seeing it until the new one is decided.
 */
export async function edit(
  db: D1Database,
  subject: Subject,
  text: NewText,
  { decisionId, spends, ...by }: Circumstances,
): Promise<CommentDecided | null> {
  const condition = asFound(subject)
  const outcome = { status: 'pending', shownRevision: subject.shownRevision } as const
  const decision = { id: decisionId, action: 'edit', ...by, reason: null, outcome } as const
  const also = [
    ...spending(db, spends, condition),
    screeners.forgettingAnswer(db, subject, condition),
    ...keepingVersion(db, subject, text, by.at),
    sql(
      db,
      `UPDATE comments SET revision = revision + 1, body = ?, content = ?, body_hash = ?, edited_at = ?,
         edited_by = NULL, verdict = NULL, findings = '[]', ${unread}
       WHERE seq = ? AND ${condition.text}`,
      text.body,
      text.content,
      text.bodyHash,
      by.at,
      subject.seq,
      ...condition.values,
    ),
  ]
  const [event = null] = await record(db, [{ subject, decision, also }])
  return event
}

/**
 * Deletes a comment at its author's wish: its words, name and addresses are gone for good, and what moderators wrote
 * about it. What was refused stays refused, and its text recognisable by a hash, so that nobody clears their record
 * this way. With the author's last comment on the site, what they said in flags of others' comments goes too.
 */
export async function withdraw(
  db: D1Database,
  subject: Subject,
  { decisionId, spends, ...by }: Circumstances,
): Promise<CommentDecided | null> {
  const condition = asFound(subject)
  const refused = subject.counted === 'rejected' || subject.counted === 'spam'
  const outcome = { status: refused ? subject.counted : 'deleted', shownRevision: null } as const
  const decision = { id: decisionId, action: 'withdraw', ...by, reason: null, outcome } as const
  const also = [
    ...spending(db, spends, condition),
    screeners.forgettingAnswer(db, subject, condition),
    ...flags.forgetting(db, subject, condition),
    flags.forgettingNotes(db, subject, condition),
    forgettingAuthor(db, subject, condition),
    ...erasing(db, {
      comments: { text: `SELECT ? WHERE ${condition.text}`, values: [subject.seq, ...condition.values] },
      refused,
      at: by.at,
    }),
  ]
  const [event = null] = await record(db, [{ subject, decision, also }])
  return event
}

/**
 * Has a person look at a refused comment again, once, with what its author says. It keeps a verdict, so
 * that no screening decides it; for the author's record and for the learner the refusal stands till then.
 */
export async function appeal(
  db: D1Database,
  subject: Subject,
  note: string,
  { decisionId, spends, ...by }: Circumstances,
): Promise<CommentDecided | null> {
  const condition = asFound(subject)
  const outcome = { status: 'pending', shownRevision: null } as const
  const decision = { id: decisionId, action: 'appeal', ...by, reason: null, outcome } as const
  const also = [
    ...spending(db, spends, condition),
    sql(
      db,
      `UPDATE comments SET appeal = ?, verdict = coalesce(verdict, 'hold') WHERE seq = ? AND ${condition.text}`,
      note,
      subject.seq,
      ...condition.values,
    ),
  ]
  const [event = null] = await record(db, [{ subject, decision, also }])
  return event
}
