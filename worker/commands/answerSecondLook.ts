import { statusAfter } from '../contract/decisions.ts'
import type { CommentConfirmed } from '../contract/learnerEvents.ts'
import type { AnsweredLook, SecondAnswer } from '../contract/secondLooks.ts'
import { publish } from '../events/publish.ts'
import { Refusal } from '../http/refusal.ts'
import { databaseOf, everyDatabase } from '../store/database.ts'
import * as subjects from '../store/decidedComments.ts'
import * as secondLooks from '../store/secondLooks.ts'
import { decide } from './decide.ts'
import { givenReason } from './givenReason.ts'
import { presentOf } from './moderate.ts'
import type { World } from './world.ts'

interface Asked extends SecondAnswer {
  commentId: string
  actor: subjects.Actor
}

/**
 * A person decides a comment again, without knowing what was decided. The same again is noted, and counts for more with
 * the learner; anything else is a decision as any other. It takes two round trips to the database.
 *
 * @throws Refusal `not_found` where nobody asked, or `conflict` where it was answered, edited or decided anew
 */
export async function answerSecondLook(
  world: World,
  { commentId, revision, action, reason, actor }: Asked,
): Promise<AnsweredLook> {
  const { subject, waits } = await find(world, commentId)
  if (!waits || subject.revision !== revision)
    throw new Refusal('conflict', { more: { present: presentOf(subject) } })
  const { seq, siteId, status } = subject
  const db = databaseOf(world.env, siteId)
  const at = world.now
  if (statusAfter[action] === status) {
    const event: CommentConfirmed = { act: 'comment.confirm', at, actor, siteId, commentId }
    if (!(await secondLooks.confirm(db, subject, event))) throw await lost(world, commentId)
    publish(world, [event])
    return { commentId, status, changed: false, decisionId: null }
  }
  const [decided] = await decide(world, actor, [
    {
      ...{ subject, action, reason: await givenReason(world, reason, [siteId]) },
      afterwards: (id) => [secondLooks.changing(db, seq, id, at)],
    },
  ])
  if (!decided?.event) throw await lost(world, commentId)
  return { commentId, status: decided.event.to, changed: true, decisionId: decided.id }
}

async function find({ env }: World, commentId: string) {
  const found = await Promise.all(
    everyDatabase(env).map(async (db) => {
      const [subject, look] = await Promise.all([
        subjects.byId(db, commentId),
        secondLooks.stateOf(db, commentId),
      ])
      return subject && look && { subject, waits: look.waits === 1 }
    }),
  )
  const known = found.find((each) => each !== null)
  if (!known) throw new Refusal('not_found')
  return known
}

/** That somebody was faster, with what has become of the comment. */
async function lost(world: World, commentId: string): Promise<Refusal> {
  const { subject } = await find(world, commentId)
  return new Refusal('conflict', { more: { present: presentOf(subject) } })
}
