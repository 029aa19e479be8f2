import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { AppealState } from '../contract/appeals.ts'
import { type ActorKind, type DecisionView, isJudgement } from '../contract/decisions.ts'
import type { DecisionUndone } from '../contract/events.ts'
import type { Status } from '../contract/status.ts'
import { all, batch, first, over, sql } from './database.ts'
import { type Actor, changeOf, countedFor, type Subject } from './decidedComments.ts'
import { asFound, consequences, foundAs, stillFound } from './decisionEffects.ts'
import type { Deliveries } from './delivery.ts'
import { recordEvents } from './events.ts'
import * as flags from './flags.ts'
import { untaught } from './lessons.ts'
import { type FormerText, restoring } from './staffEdits.ts'

/** What a decision replaced, and what its undo brings back. */
export interface Replaced {
  revision: number
  statusBefore: Status
  shownBefore: number | null
  /** Whether anybody ever flagged the comment. */
  flagged: 0 | 1
  /** Whether readers saw a former text then that is not kept any more. */
  shownGone: 0 | 1
  appealBefore: AppealState | null
  decisionBefore: string | null
  kindBefore: ActorKind | null
  actionBefore: DecisionView['action'] | null
  counted: Status
}

/** What a decision `d` replaced, as JSON, in a query where `b` is the decision before it. */
export const replacedJson = `json_object('revision', d.revision, 'statusBefore', d.status_before,
  'shownBefore', d.shown_before, 'flagged', EXISTS (SELECT 1 FROM flags WHERE comment_seq = d.comment_seq),
  'shownGone', d.shown_before <> d.revision AND NOT EXISTS (
    SELECT 1 FROM revisions r WHERE r.comment_seq = d.comment_seq AND r.revision = d.shown_before),
  'appealBefore', d.appeal_before, 'decisionBefore', d.decision_before,
  'kindBefore', b.actor_kind, 'actionBefore', b.action, 'counted', ${countedFor('b', 'd.status_before')})`

/** What a decision replaced; null where it is unknown or undone already. */
export async function replaced(db: D1Database, decisionId: string): Promise<Replaced | null> {
  const row = await first<{ replaced: string }>(
    sql(
      db,
      `SELECT ${replacedJson} AS replaced
       FROM decisions d LEFT JOIN decisions b ON b.id = d.decision_before
       WHERE d.id = ? AND d.undone_at IS NULL`,
      decisionId,
    ),
  )
  return row && JSON.parse(row.replaced)
}

/** A comment with its standing decision, and what that replaced. */
export interface Undoing {
  subject: Subject
  undone: Replaced
  /** The text that comes back, where the decision is an edit of the staff's. */
  former?: FormerText | null
}

/** Who undoes, and when. */
export interface UndoneBy {
  actor: Actor
  /** Milliseconds since the epoch. */
  at: number
  deliveries: Deliveries
  /** The act on many that is undone with it. */
  bulkId?: string
  /** Further statements of the same transaction. */
  afterwards?: D1PreparedStatement[]
}

/**
 * Puts back what standing decisions replaced, of which no two are about one comment, each under the same conditions as
 * a decision is written; a pin that one took is not put back. The decisions stay in the records as undone.
 *
 * @returns what happened, for each; null where somebody else was faster, or readers would see a text that is gone
 */
export async function undo(
  db: D1Database,
  undoings: Undoing[],
  by: UndoneBy,
): Promise<(DecisionUndone | null)[]> {
  const events = new Map(
    undoings
      .filter(({ subject, undone }) => subject.decision && !undone.shownGone)
      .map((undoing) => [undoing, eventOf(undoing, by)]),
  )
  const statements = [...(events.size > 0 ? undoingStatements(db, events, by) : []), ...(by.afterwards ?? [])]
  if (statements.length === 0) return undoings.map(() => null)
  const [undone] = await batch(db, statements)
  const isAll = undone?.meta.changes === events.size
  const written = isAll || events.size === 0 ? null : await undoneOf(db, [...events.values()], by.at)
  return undoings.map((undoing) => {
    const event = events.get(undoing)
    return event && (written === null || written.has(event.decisionId)) ? event : null
  })
}

function eventOf(undoing: Undoing, { actor, at, bulkId }: UndoneBy): DecisionUndone {
  const { subject } = undoing
  const { id: decisionId, action } = subject.decision as NonNullable<Subject['decision']>
  return {
    ...changeOf(subject, outcomeOf(undoing)),
    ...{ revision: revisionOf(undoing), act: 'comment.undo', at, actor, decisionId, action },
    ...(bulkId && { bulkId }),
  }
}

/** The revision that there is afterwards: a text that comes back is a further one. */
const revisionOf = ({ subject, former }: Undoing) => subject.revision + (former ? 1 : 0)

/** What becomes of a comment. The text that was decided is the latest one again, whatever its number is by now. */
const outcomeOf = (undoing: Undoing) => {
  const { revision, statusBefore, shownBefore } = undoing.undone
  return {
    status: statusBefore,
    shownRevision: shownBefore === revision ? revisionOf(undoing) : shownBefore,
  }
}

function undoingStatements(
  db: D1Database,
  events: Map<Undoing, DecisionUndone>,
  { actor, at, deliveries }: UndoneBy,
): D1PreparedStatement[] {
  const undoings = [...events.keys()]
  const happened = undoings.map((undoing) => ({
    ...foundAs(undoing.subject),
    event: events.get(undoing) as DecisionUndone,
  }))
  const found = undoings.map(({ subject }) => ({ ...foundAs(subject), revision: subject.revision }))
  const flagged = undoings.filter(({ undone }) => undone.flagged)
  return [
    over(
      db,
      found,
      `UPDATE decisions SET undone_at = ?2, undone_by = ?3 FROM x WHERE id = x.decision AND undone_at IS NULL
         AND EXISTS (SELECT 1 FROM comments c WHERE c.seq = x.seq AND c.decision_id = x.decision
           AND c.status = x.status AND c.revision = x.revision)`,
      at,
      actor.name,
    ),
    ...undoings.flatMap(({ subject, former }) => (former ? restoring(db, subject, former, at) : [])),
    recordEvents(db, happened, stillFound),
    ...deliveries(db, happened, stillFound),
    ...flagged.flatMap(({ subject }) =>
      flags.reopening(db, subject, subject.decision?.id ?? '', asFound(subject)),
    ),
    ...untaught(
      db,
      undoings.map(({ subject }) => ({ ...foundAs(subject), site: subject.siteId, since: at })),
      stillFound,
    ),
    ...consequences(
      db,
      undoings.map((undoing) => {
        const { subject, undone } = undoing
        return {
          ...{ subject, outcome: outcomeOf(undoing), at, standing: undone.decisionBefore },
          ...{ counted: undone.counted, answers: false, appeal: undone.appealBefore },
          isJudgement: isJudgement(undone.kindBefore, undone.actionBefore),
        }
      }),
    ),
  ]
}

/** Those of some decisions that were undone at a time. */
async function undoneOf(db: D1Database, events: DecisionUndone[], at: number): Promise<Set<string>> {
  const query = 'SELECT id FROM decisions WHERE id IN (SELECT value FROM json_each(?)) AND undone_at = ?'
  const ids = JSON.stringify(events.map(({ decisionId }) => decisionId))
  return new Set((await all<{ id: string }>(sql(db, query, ids, at))).map(({ id }) => id))
}
