import type { D1Database } from '@cloudflare/workers-types'
import { type ActorKind, isPerson } from '../contract/decisions.ts'
import type { DecisionUndone } from '../contract/events.ts'
import type { Status } from '../contract/status.ts'
import { batch, first, sql } from './database.ts'
import { type Actor, changeOf, countedFor, type Subject } from './decidedComments.ts'
import { asFound, consequences } from './decisionEffects.ts'
import { recordEvent } from './events.ts'
import * as flags from './flags.ts'
import { untaught } from './lessons.ts'
import type { Deliveries } from './outbox.ts'

/** What a decision replaced, and what its undo brings back. */
export interface Replaced {
  revision: number
  statusBefore: Status
  shownBefore: number | null
  decisionBefore: string | null
  kindBefore: ActorKind | null
  counted: Status
}

/** What a decision replaced; null where it is unknown or undone already. */
export const replaced = (db: D1Database, decisionId: string): Promise<Replaced | null> =>
  first<Replaced>(
    sql(
      db,
      `SELECT d.revision, d.status_before AS statusBefore, d.shown_before AS shownBefore,
         d.decision_before AS decisionBefore, b.actor_kind AS kindBefore,
         ${countedFor('b', 'd.status_before')} AS counted
       FROM decisions d LEFT JOIN decisions b ON b.id = d.decision_before
       WHERE d.id = ? AND d.undone_at IS NULL`,
      decisionId,
    ),
  )

/**
 * Puts back what a standing decision replaced, under the same conditions as a decision is written; a pin that it took is
 * not put back. The decision stays in the records as undone.
 */
export async function undo(
  db: D1Database,
  { subject, undone }: { subject: Subject; undone: Replaced },
  { actor, at, deliveries }: { actor: Actor; at: number; deliveries: Deliveries },
): Promise<DecisionUndone | null> {
  const { decision } = subject
  if (!decision || undone.revision !== subject.revision) return null
  const { id: decisionId, action } = decision
  const outcome = { status: undone.statusBefore, shownRevision: undone.shownBefore }
  const event: DecisionUndone = {
    ...changeOf(subject, outcome),
    ...{ act: 'comment.undo', at, actor, decisionId, action },
  }
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
    recordEvent(db, event, asFound(subject)),
    ...deliveries(db, [{ event }], asFound(subject)),
    ...flags.reopening(db, subject, decisionId, asFound(subject)),
    ...untaught(db, [{ seq: subject.seq, site: subject.siteId, since: at }], asFound(subject)),
    ...consequences(db, [
      {
        ...{ subject, outcome, at, standing: undone.decisionBefore, counted: undone.counted },
        ...{ byPerson: isPerson(undone.kindBefore), answers: false },
      },
    ]),
  ])
  return results[0]?.meta.changes === 1 ? event : null
}
