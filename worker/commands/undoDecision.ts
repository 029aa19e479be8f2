import type { BulkUndecided } from '../contract/bulkEvents.ts'
import type { DecisionUndone } from '../contract/events.ts'
import { publish } from '../events/publish.ts'
import { Refusal } from '../http/refusal.ts'
import { deliveries } from '../notify/destinations.ts'
import { everyDatabase } from '../store/database.ts'
import * as subjects from '../store/decidedComments.ts'
import { replaced, undo } from '../store/decisionUndo.ts'
import { bulkOf, recordUndecided } from '../store/events.ts'
import { former as formerText } from '../store/staffEdits.ts'
import { presentOf } from './moderate.ts'
import { storedText } from './text.ts'
import type { World } from './world.ts'

/**
 * Undoes a decision that still stands, in two round trips to the database. What was decided together and is taken back
 * one by one is one line of the log.
 *
 * @throws Refusal `not_found`, or `conflict` where it does not stand any more or is its author's
 */
export async function undoDecision(
  world: World,
  { decisionId, actor }: { decisionId: string; actor: subjects.Actor },
): Promise<DecisionUndone> {
  const found = await Promise.all(
    everyDatabase(world.env).map(async (db) => {
      const [subject, undone, former, bulkId] = await Promise.all([
        subjects.ofDecision(db, decisionId),
        replaced(db, decisionId),
        formerText(db, decisionId),
        bulkOf(db, decisionId),
      ])
      return subject && { db, subject, undone, former, bulkId }
    }),
  )
  const known = found.find((each) => each !== null)
  if (!known) throw new Refusal('not_found')
  const { db, subject, undone, former, bulkId } = known
  const { decision } = subject
  const stands = decision?.id === decisionId && decision.byKind !== 'author' && !subject.erased
  const more = { present: presentOf(subject) }
  const isEdit = decision?.action === 'edit' || decision?.action === 'redact'
  if (stands && ((isEdit && !former) || undone?.shownGone))
    throw new Refusal('conflict', {
      more,
      message: 'The former text is gone for good: nothing can bring it back.',
    })
  const restored = former && { ...former, ...(await storedText(former.body)) }
  const by = {
    ...{ actor, at: world.now, deliveries },
    ...(bulkId && {
      bulkId,
      afterwards: [recordUndecided(db, lineOf(subject, bulkId, { actor, at: world.now }))],
    }),
  }
  const [event = null] = stands && undone ? await undo(db, [{ subject, undone, former: restored }], by) : []
  if (!event) {
    // Where it stood when it was read, somebody else was faster.
    const now = stands ? await subjects.ofDecision(db, decisionId) : null
    throw new Refusal('conflict', { more: now ? { present: presentOf(now) } : more })
  }
  publish(world, [event])
  return event
}

const lineOf = (
  { siteId }: subjects.Subject,
  bulkId: string,
  { actor: { kind, id, name }, at }: { actor: subjects.Actor; at: number },
): BulkUndecided => ({ act: 'bulk.undecide', at, actor: { kind, id, name }, siteId, bulkId })
