import { mostPinned } from '../contract/countLimits.ts'
import { publish } from '../events/publish.ts'
import { Refusal } from '../http/refusal.ts'
import { databaseOf, everyDatabase } from '../store/database.ts'
import type { Actor } from '../store/decidedComments.ts'
import * as pins from '../store/pins.ts'
import type { World } from './world.ts'

/**
 * Has a shown root comment stand above the others of its thread, or in its place again.
 *
 * @throws Refusal `not_found`, or `conflict` where it cannot be pinned
 */
export async function pinComment(
  world: World,
  { id, pinned, actor }: { id: string; pinned: boolean; actor: Actor },
): Promise<void> {
  const found = await Promise.all(everyDatabase(world.env).map((db) => pins.find(db, id)))
  const comment = found.find((each) => each !== null)
  if (!comment) throw new Refusal('not_found')
  if (pinned && !comment.root)
    throw new Refusal('conflict', {
      message: 'This is a reply. Only a comment that answers no other can be pinned.',
    })
  if (pinned && !comment.shown)
    throw new Refusal('conflict', { message: 'Only a comment that readers see can be pinned.' })
  const db = databaseOf(world.env, comment.siteId)
  const event = await pins.set(db, comment, pinned, { actor, at: world.now })
  if (event) return publish(world, [event])
  if (pinned && !comment.pinned && !(await pins.find(db, id))?.pinned)
    throw new Refusal('conflict', {
      message: `This thread has ${mostPinned} pinned comments already. Unpin one first.`,
      limit: mostPinned,
    })
}
