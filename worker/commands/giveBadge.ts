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

/** Gives an author a badge, or takes it. @returns their site @throws Refusal `not_found` */
export async function giveBadge({ db, now }: World, { authorId, badge, actor }: Gift): Promise<string> {
  const siteId = await badges.set(db, authorId, badge, { actor, at: now })
  if (siteId === null) throw new Refusal('not_found')
  return siteId
}
