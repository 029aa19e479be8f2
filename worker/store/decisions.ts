import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { Action, ActorKind, DecisionView, Present, Status } from '../contract.ts'
import * as auditLog from './auditLog.ts'
import { consequences, unapplied } from './consequences.ts'
import { batch, first, iso, sql } from './database.ts'
import { untaught } from './lessons.ts'

/** Who decides. */
export interface Actor {
  kind: ActorKind
  id: string
  name: string
}

/** A comment as a decision finds it. */
export interface Subject extends Present {
  seq: number
  id: string
  siteId: string
  threadId: number
  authorId: number
  parentSeq: number | null
  rootSeq: number | null
  shownRevision: number | null
  flags: number
  erased: number
  /** Id of who took the standing decision. */
  decidedBy: string | null
}

/** The state a decision gives a comment. */
export interface Outcome {
  status: Status
  shownRevision: number | null
}

export interface Decision {
  id: string
  action: Action | 'edit' | 'withdraw'
  actor: Actor
  reason: string | null
  /** Milliseconds since the epoch. */
  at: number
  outcome: Outcome
  /** What the audit log is told besides. */
  details?: Record<string, unknown>
}

const subjectQuery = (where: string) => `
  SELECT c.seq, c.id, c.site_id AS siteId, c.thread_id AS threadId, c.author_id AS authorId,
    c.parent_seq AS parentSeq, c.root_seq AS rootSeq, c.status, c.revision, c.flags, c.erased,
    c.shown_revision AS shownRevision, d.id AS decisionId, d.action, d.reason, d.actor_kind AS byKind,
    d.actor_name AS byName, d.decided_at AS decidedAt, d.actor_id AS decidedBy
  FROM comments c LEFT JOIN decisions d ON d.id = c.decision_id WHERE ${where}`

/** Columns of a standing decision that other queries read too. */
export interface DecisionColumns {
  decisionId: string | null
  action: DecisionView['action']
  reason: string | null
  byKind: ActorKind
  byName: string
  decidedAt: number
}

export function decisionView(row: DecisionColumns): DecisionView | null {
  if (row.decisionId === null) return null
  return {
    id: row.decisionId,
    action: row.action,
    by: row.byName,
    byKind: row.byKind,
    reason: row.reason,
    at: iso(row.decidedAt),
  }
}

async function subjectBy(db: D1Database, where: string, value: unknown): Promise<Subject | null> {
  const row = await first<Omit<Subject, 'decision'> & DecisionColumns>(sql(db, subjectQuery(where), value))
  return row && { ...row, decision: decisionView(row) }
}

/** The comment a decision is about, with the decision that stands. */
export const subject = (db: D1Database, commentId: string) => subjectBy(db, 'c.id = ?', commentId)

/** The comment an earlier decision was about. */
export const subjectOf = (db: D1Database, decisionId: string) =>
  subjectBy(db, 'c.seq = (SELECT comment_seq FROM decisions WHERE id = ?)', decisionId)

const isPerson = (kind: ActorKind | null | undefined) => kind === 'moderator' || kind === 'operator'

const isVouched = ({ status, decision }: Subject) => status === 'approved' && isPerson(decision?.byKind)

/**
 * The one writer of a comment's status. In one transaction, and only if the comment still has the
 * revision, status and standing decision of `subject`, it writes the decision, the comment, the
 * counters of thread, branch, author and site, and the audit log.
 *
 * @param also further statements of the same transaction, each under the condition `unapplied`
 * @returns whether it was written; if not, somebody else was faster
 */
export async function record(
  db: D1Database,
  subject: Subject,
  decision: Decision,
  also: D1PreparedStatement[] = [],
): Promise<boolean> {
  const { actor, outcome } = decision
  const results = await batch(db, [
    sql(
      db,
      `INSERT INTO decisions (id, comment_seq, revision, action, reason, actor_kind, actor_id, actor_name,
         status_before, status_after, shown_before, decision_before, decided_at)
       SELECT ?1, c.seq, c.revision, ?2, ?3, ?4, ?5, ?6, c.status, ?7, c.shown_revision, c.decision_id, ?8
       FROM comments c
       WHERE c.seq = ?9 AND c.revision = ?10 AND c.status = ?11 AND c.decision_id IS ?12
       ON CONFLICT (id) DO NOTHING`,
      decision.id,
      decision.action,
      decision.reason,
      actor.kind,
      actor.id,
      actor.name,
      outcome.status,
      decision.at,
      subject.seq,
      subject.revision,
      subject.status,
      subject.decision?.id ?? null,
    ),
    ...also,
    auditLog.append(
      db,
      {
        at: decision.at,
        actor,
        act: `comment.${decision.action}`,
        siteId: subject.siteId,
        commentId: subject.id,
        details: { from: subject.status, to: outcome.status, reason: decision.reason, ...decision.details },
      },
      unapplied(decision.id),
    ),
    ...(isPerson(actor.kind) || isPerson(subject.decision?.byKind)
      ? [untaught(db, subject, decision.at, unapplied(decision.id))]
      : []),
    ...consequences(db, subject, {
      outcome,
      decisionId: decision.id,
      standing: decision.id,
      vouched: { before: isVouched(subject), after: isPerson(actor.kind) && outcome.status === 'approved' },
      at: decision.at,
    }),
  ])
  return results[0]?.meta.changes === 1
}

/**
 * Puts back what a decision replaced, under the same conditions as `record`. The decision stays
 * in the records as undone.
 */
export async function undo(
  db: D1Database,
  subject: Subject,
  decisionId: string,
  actor: Actor,
  at: number,
): Promise<Outcome | null> {
  const undone = await first<{
    statusBefore: Status
    shownBefore: number | null
    decisionBefore: string | null
    kindBefore: ActorKind | null
  }>(
    sql(
      db,
      `SELECT d.status_before AS statusBefore, d.shown_before AS shownBefore,
         d.decision_before AS decisionBefore, b.actor_kind AS kindBefore
       FROM decisions d LEFT JOIN decisions b ON b.id = d.decision_before
       WHERE d.id = ? AND d.undone_at IS NULL AND d.revision = ?`,
      decisionId,
      subject.revision,
    ),
  )
  if (!undone || subject.decision?.id !== decisionId) return null
  const outcome = { status: undone.statusBefore, shownRevision: undone.shownBefore }
  const results = await batch(db, [
    sql(
      db,
      `UPDATE decisions SET undone_at = ?1 WHERE id = ?2 AND undone_at IS NULL
         AND EXISTS (SELECT 1 FROM comments c
           WHERE c.seq = ?3 AND c.decision_id = ?2 AND c.status = ?4 AND c.revision = ?5)`,
      at,
      decisionId,
      subject.seq,
      subject.status,
      subject.revision,
    ),
    auditLog.append(
      db,
      {
        at,
        actor,
        act: 'comment.undo',
        siteId: subject.siteId,
        commentId: subject.id,
        details: { from: subject.status, to: outcome.status, action: subject.decision.action },
      },
      unapplied(decisionId, at),
    ),
    untaught(db, subject, at, unapplied(decisionId, at)),
    ...consequences(db, subject, {
      outcome,
      decisionId,
      standing: undone.decisionBefore,
      vouched: {
        before: isVouched(subject),
        after: isPerson(undone.kindBefore) && outcome.status === 'approved',
      },
      at,
      undoneAt: at,
    }),
  ])
  return results[0]?.meta.changes === 1 ? outcome : null
}
