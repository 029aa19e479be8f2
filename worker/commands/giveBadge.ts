import { publish } from '../events/publish.ts'
import { Refusal } from '../http/refusal.ts'
import * as badges from '../store/badges.ts'
import type { Actor } from '../store/decidedComments.ts'
import type { World } from './world.ts'

interface Gift {
  /** The author's public id. */
  authorId: string
  /** Null takes it. */
  badge: string | null
  actor: Actor
}

/** Gives an author a badge, or takes it. @throws Refusal `not_found` */
export async function giveBadge(world: World, { authorId, badge, actor }: Gift): Promise<void> {
  const events = await badges.set(world.db, authorId, badge, { actor, at: world.now })
  if (!events) throw new Refusal('not_found')
  publish(world, events)
}
