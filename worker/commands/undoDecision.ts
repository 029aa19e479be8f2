import type { DecisionUndone } from '../contract/events.ts'
import { publish } from '../events/publish.ts'
import { Refusal } from '../http/refusal.ts'
import { deliveries } from '../notify/destinations.ts'
import { everyDatabase } from '../store/database.ts'
import * as subjects from '../store/decidedComments.ts'
import { replaced, undo } from '../store/decisionUndo.ts'
import { presentOf } from './moderate.ts'
import type { World } from './world.ts'

/**
 * Undoes a decision that still stands, in two round trips to the database.
 *
 * @throws Refusal `not_found`, or `conflict` where it does not stand any more or is its author's
 */
export async function undoDecision(
  world: World,
  { decisionId, actor }: { decisionId: string; actor: subjects.Actor },
): Promise<DecisionUndone> {
  const found = await Promise.all(
    everyDatabase(world.env).map(async (db) => {
      const [subject, undone] = await Promise.all([
        subjects.ofDecision(db, decisionId),
        replaced(db, decisionId),
      ])
      return subject && { db, subject, undone }
    }),
  )
  const known = found.find((each) => each !== null)
  if (!known) throw new Refusal('not_found')
  const { db, subject, undone } = known
  const { decision } = subject
  const stands = decision?.id === decisionId && decision.byKind !== 'author' && !subject.erased
  const [event = null] =
    stands && undone ? await undo(db, [{ subject, undone }], { actor, at: world.now, deliveries }) : []
  if (!event) throw new Refusal('conflict', { more: { present: presentOf(subject) } })
  publish(world, [event])
  return event
}
