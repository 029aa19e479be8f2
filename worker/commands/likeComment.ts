import { publish } from '../events/publish.ts'
import { Refusal } from '../http/refusal.ts'
import * as likes from '../store/likes.ts'
import { type Reaction, reacting } from './reaction.ts'
import type { World } from './world.ts'

const day = 86_400

/**
 * Has a reader like another's comment, once.
 *
 * @returns its likes
 * @throws Refusal as `reacting`, or `rate_limited` where their network liked it often enough
 */
export async function likeComment(world: World, reaction: Reaction): Promise<number> {
  const { comment, reader } = await reacting(world, reaction)
  const liked = await likes.add(world.db, comment, reader, world.now)
  if (liked.changed) publish(world, [{ act: 'comment.like', ...comment }])
  if (!liked.counted)
    throw new Refusal('rate_limited', {
      message: 'Enough likes of this comment came from your network today.',
      retryAfter: day - (Math.floor(world.now / 1000) % day),
    })
  return liked.likes
}

/** Takes a reader's like back. @returns the likes that are left @throws Refusal as `reacting` */
export async function unlikeComment(world: World, reaction: Reaction): Promise<number> {
  const { comment, reader } = await reacting(world, reaction)
  const left = await likes.remove(world.db, comment, reader)
  if (left.changed) publish(world, [{ act: 'comment.unlike', ...comment }])
  return left.likes
}
