import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import { type DecisionView, isPerson } from '../contract/decisions.ts'
import type { CommentDecided } from '../contract/events.ts'
import type { Verdict } from '../contract/findings.ts'
import { all, batch, sql } from './database.ts'
import { type Actor, changeOf, isVouched, type Outcome, type Subject } from './decidedComments.ts'
import { consequences, unapplied } from './decisionEffects.ts'
import { recordEvent } from './events.ts'
import * as flags from './flags.ts'
import { untaught } from './lessons.ts'
import type { Deliveries } from './outbox.ts'

export interface Decision {
  id: string
  action: DecisionView['action']
  actor: Actor
  reason: string | null
  /** Milliseconds since the epoch. */
  at: number
  outcome: Outcome
  /** What screening made of the comment, where it decides. */
  verdict?: Verdict
  deliveries: Deliveries
}

/** Whether a decision may change what the learner was taught: an appeal leaves that to the next. */
const teaches = ({ decision: standing }: Subject, { action, actor }: Decision) =>
  action !== 'appeal' && (isPerson(actor.kind) || isPerson(standing?.byKind) || standing?.action === 'appeal')

/** A decision about a comment as it was found. */
export interface Change {
  subject: Subject
  decision: Decision
  /** Further statements of the same transaction, each under the condition `unapplied`. */
  also?: D1PreparedStatement[]
}

/** Decisions that are written in one transaction: each takes a dozen statements. */
const mostTogether = 50

/**
 * The one writer of a comment's status. In one transaction, and only if the comment still has the
 * revision, status and standing decision of `subject`, it writes the decision, the comment, the
 * counters of thread, branch, author and site, the event and its deliveries. A person's decision answers the
 * comment's open flags. Many are written together; no two of them may be about one comment.
 *
 * @returns what happened, for each; null where nothing was written, because somebody else was faster
 */
export async function record(db: D1Database, changes: Change[]): Promise<(CommentDecided | null)[]> {
  if (changes.length > mostTogether) {
    const first = await record(db, changes.slice(0, mostTogether))
    return [...first, ...(await record(db, changes.slice(mostTogether)))]
  }
  const written = changes.map((change) => writing(db, change))
  const results = await batch(
    db,
    written.flatMap(({ statements }) => statements),
  )
  let at = 0
  const changed = written.map(({ statements }) => {
    const result = results[at]
    at += statements.length
    return result?.meta.changes === 1
  })
  const unchanged = written.filter((_, index) => !changed[index]).map(({ event }) => event.decisionId)
  const before = await writtenBefore(db, unchanged)
  return written.map(({ event }, index) => (changed[index] || before.has(event.decisionId) ? event : null))
}

/** The statements of a decision, the one that says whether it was written first. */
function writing(
  db: D1Database,
  { subject, decision, also = [] }: Change,
): { event: CommentDecided; statements: D1PreparedStatement[] } {
  const { actor, outcome } = decision
  const event = decided(subject, decision)
  const statements = [
    sql(
      db,
      `INSERT INTO decisions (id, comment_seq, revision, action, reason, actor_kind, actor_id, actor_name,
         status_before, status_after, shown_before, flags_before, decision_before, decided_at)
       SELECT ?1, c.seq, c.revision, ?2, ?3, ?4, ?5, ?6, c.status, ?7, c.shown_revision, c.flags, c.decision_id, ?8
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
    ...(isPerson(actor.kind) ? flags.answering(db, subject, decision.id, unapplied(decision.id)) : []),
    recordEvent(db, event, unapplied(decision.id)),
    ...decision.deliveries(db, event, unapplied(decision.id)),
    ...(teaches(subject, decision) ? [untaught(db, subject, decision.at, unapplied(decision.id))] : []),
    ...consequences(db, subject, {
      outcome,
      decisionId: decision.id,
      standing: decision.id,
      counted: decision.action === 'appeal' ? subject.counted : outcome.status,
      vouched: { before: isVouched(subject), after: isPerson(actor.kind) && outcome.status === 'approved' },
      at: decision.at,
    }),
  ]
  return { event, statements }
}

/** Those of the decisions that are there after all: of a transaction that ran twice, the second changes nothing. */
async function writtenBefore(db: D1Database, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const query = 'SELECT id FROM decisions WHERE id IN (SELECT value FROM json_each(?))'
  return new Set((await all<{ id: string }>(sql(db, query, JSON.stringify(ids)))).map(({ id }) => id))
}

const decided = (
  subject: Subject,
  { id, action, actor, at, outcome, verdict }: Decision,
): CommentDecided => ({
  ...changeOf(subject, outcome),
  ...{ act: `comment.${action}`, at, actor, decisionId: id },
  ...(isPerson(actor.kind) && subject.flags > 0 && { flags: subject.flags }),
  ...(verdict && { verdict }),
})
