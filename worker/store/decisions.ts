import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import { type DecisionView, isJudgement, isPerson, upholds } from '../contract/decisions.ts'
import type { CommentDecided } from '../contract/events.ts'
import type { Verdict } from '../contract/findings.ts'
import { appealAfter, appealAnswered } from './appeals.ts'
import { all, batch, over, sql } from './database.ts'
import { type Actor, changeOf, type Outcome, type Subject } from './decidedComments.ts'
import { consequences, foundAs, stillFound } from './decisionEffects.ts'
import type { Deliveries } from './delivery.ts'
import { recordEvents } from './events.ts'
import * as flags from './flags.ts'
import { untaught } from './lessons.ts'

export interface Decision {
  id: string
  action: DecisionView['action']
  /** That it publishes what staff wrote, which teaches nothing. */
  publishes?: 'answer'
  actor: Actor
  reason: string | null
  /** Words for an author whose wish for another look it answers. */
  answer?: string | null
  /** Milliseconds since the epoch. */
  at: number
  outcome: Outcome
  /** What screening made of the comment, where it decides. */
  verdict?: Verdict
  /** What it is taken together with. */
  bulkId?: string
  /** That so many were taken together that perhaps nobody read the comment. */
  isSwept?: boolean
  deliveries: Deliveries
}

/** Whether a decision may change what the learner was taught: an appeal leaves that to the next. */
const teaches = ({ decision: standing }: Subject, { action, publishes, actor }: Decision) =>
  action !== 'appeal' &&
  !publishes &&
  (isPerson(actor.kind) || isPerson(standing?.byKind) || standing?.action === 'appeal')

/** A decision about a comment as it was found. */
export interface Change {
  subject: Subject
  decision: Decision
  /** Further statements of the same transaction, each under the condition `asFound`. */
  also?: D1PreparedStatement[]
  /** More of them, after the comment has the decision. */
  afterwards?: D1PreparedStatement[]
}

/**
 * The one writer of a comment's status. In one transaction, and only if the comment still has the
 * revision, status and standing decision of `subject`, it writes the decision, the comment, the
 * counters of thread, branch, author and site, the event and its deliveries. A person's decision answers the
 * comment's open flags. However many are written together, they take a dozen statements; no two of them may be about
 * one comment.
 *
 * @param before statements of the same transaction that store what is decided
 * @returns what happened, for each; null where nothing was written, because somebody else was faster
 */
export async function record(
  db: D1Database,
  changes: Change[],
  before: D1PreparedStatement[] = [],
): Promise<(CommentDecided | null)[]> {
  if (changes.length === 0) return []
  const written = await writing(db, changes, before)
  return changes.map(({ subject, decision }) =>
    written.has(decision.id) ? decided(subject, decision) : null,
  )
}

/** Writes decisions. @returns the ids of those that are written */
async function writing(
  db: D1Database,
  changes: Change[],
  before: D1PreparedStatement[],
): Promise<Set<string>> {
  const statements = [
    ...before,
    deciding(db, changes),
    ...changes.flatMap(({ also = [] }) => also),
    ...following(db, changes),
    ...changes.flatMap(({ afterwards = [] }) => afterwards),
  ]
  const ids = changes.map(({ decision }) => decision.id)
  try {
    const written = (await batch(db, statements))[before.length]
    return written?.meta.changes === changes.length ? new Set(ids) : await writtenOf(db, ids)
  } catch (error) {
    // No decision can be written twice: a transaction whose answer was lost is refused when it runs again.
    const written = await writtenOf(db, ids)
    if (written.size === 0) throw error
    return written
  }
}

/** The statement that writes decisions, of those comments that are as they were found. */
const deciding = (db: D1Database, changes: Change[]) =>
  over(
    db,
    changes.map(({ subject, decision: { id, action, reason, actor, outcome, at, isSwept } }) => ({
      ...{ ...foundAs(subject), revision: subject.revision, id, action, reason, at, becomes: outcome.status },
      ...{ kind: actor.kind, actor: actor.id, name: actor.name },
      swept: isSwept ? 1 : 0,
    })),
    `INSERT INTO decisions (id, comment_seq, revision, action, reason, actor_kind, actor_id, actor_name,
       status_before, status_after, shown_before, flags_before, appeal_before, decision_before, decided_at, swept)
     SELECT x.id, c.seq, c.revision, x.action, x.reason, x.kind, x.actor, x.name,
       c.status, x.becomes, c.shown_revision, c.flags, c.appeal_state, c.decision_id, x.at, x.swept
     FROM x CROSS JOIN comments c
     WHERE c.seq = x.seq AND c.revision = x.revision AND c.status = x.status AND c.decision_id IS x.decision`,
  )

/** The statements of what follows from decisions, each under the condition `stillFound`. */
function following(db: D1Database, changes: Change[]): D1PreparedStatement[] {
  const happened = changes.map(({ subject, decision }) => ({
    ...foundAs(subject),
    event: decided(subject, decision),
  }))
  const answering = changes.filter(({ decision }) => isPerson(decision.actor.kind))
  const teaching = changes.filter(({ subject, decision }) => teaches(subject, decision))
  const { deliveries } = (changes[0] as Change).decision
  return [
    ...flags.answering(db, answering.map(answerOf)),
    recordEvents(db, happened, stillFound),
    ...deliveries(db, happened, stillFound),
    ...untaught(
      db,
      teaching.map(({ subject, decision }) => ({
        ...{ ...foundAs(subject), site: subject.siteId, since: decision.at },
      })),
      stillFound,
    ),
    ...consequences(
      db,
      changes.map(({ subject, decision }) => {
        const { id, action, actor, outcome, at } = decision
        const answered = appealAnswered(subject, decision) !== null
        return {
          ...{ subject, outcome, at, standing: id },
          ...{ appeal: appealAfter(subject, decision), answer: answered ? (decision.answer ?? null) : null },
          ...{ isJudgement: isJudgement(actor.kind, action), answers: isPerson(actor.kind) },
          counted: action === 'appeal' ? subject.counted : outcome.status,
        }
      }),
    ),
  ]
}

/** What a person's decision says to those who flagged its comment; nothing to those who did meanwhile. */
function answerOf({ subject, decision }: Change) {
  const agrees = subject.openFlags > 0 ? upholds(decision.action, subject.status) : null
  const upheld: 0 | 1 | null = agrees === null ? null : agrees ? 1 : 0
  return { ...foundAs(subject), by: decision.id, at: decision.at, upheld }
}

/** Those of some decisions that are there. */
async function writtenOf(db: D1Database, ids: string[]): Promise<Set<string>> {
  const query = 'SELECT id FROM decisions WHERE id IN (SELECT value FROM json_each(?))'
  return new Set((await all<{ id: string }>(sql(db, query, JSON.stringify(ids)))).map(({ id }) => id))
}

function decided(subject: Subject, decision: Decision): CommentDecided {
  const { id, action, publishes, actor, at, outcome, verdict, bulkId } = decision
  const appeal = appealAnswered(subject, decision)
  return {
    ...changeOf(subject, outcome),
    ...{ act: `comment.${publishes ?? action}`, at, actor, decisionId: id },
    ...(isPerson(actor.kind) && subject.flags > 0 && { flags: subject.flags }),
    ...(appeal && { appeal }),
    ...(verdict && { verdict }),
    ...(bulkId && { bulkId }),
  }
}
