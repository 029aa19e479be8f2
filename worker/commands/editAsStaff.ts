import type { InferOutput } from 'valibot'
import type { CommentDecided } from '../contract/events.ts'
import type { staffEdit } from '../contract/staffEdits.ts'
import { publish } from '../events/publish.ts'
import { Refusal } from '../http/refusal.ts'
import { deliveries } from '../notify/destinations.ts'
import { databaseOf, everyDatabase } from '../store/database.ts'
import * as subjects from '../store/decidedComments.ts'
import { edit, redact } from '../store/staffEdits.ts'
import { givenReason } from './givenReason.ts'
import { presentOf } from './moderate.ts'
import { storedText } from './text.ts'
import type { World } from './world.ts'

interface Edit extends InferOutput<typeof staffEdit> {
  commentId: string
  actor: subjects.Actor
}

/**
 * Gives a comment a text of the staff's, and makes its former texts go for good where they are not to be kept.
 *
 * @throws Refusal `not_found`, `missing`, or `conflict` where another revision stands by now
 */
export async function editAsStaff(
  world: World,
  { commentId, actor, ...wish }: Edit,
): Promise<CommentDecided> {
  const [found, text] = await Promise.all([
    Promise.all(everyDatabase(world.env).map((db) => subjects.byId(db, commentId))),
    storedText(wish.body),
  ])
  const subject = found.find((each) => each !== null)
  if (!subject || subject.erased) throw new Refusal('not_found')
  const conflict = (now: subjects.Subject) => new Refusal('conflict', { more: { present: presentOf(now) } })
  if (subject.revision !== wish.revision) throw conflict(subject)
  const db = databaseOf(world.env, subject.siteId)
  const event = await (wish.keepFormer ? edit : redact)(db, subject, text, {
    ...{ decisionId: crypto.randomUUID(), actor, at: world.now, deliveries },
    reason: await givenReason(world, wish.reason, [subject.siteId]),
  })
  if (!event) throw conflict((await subjects.byId(db, commentId)) ?? subject)
  publish(world, [event])
  return event
}
