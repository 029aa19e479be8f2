import { Refusal } from '../http/refusal.ts'
import * as bans from '../store/bans.ts'
import type { Actor } from '../store/decidedComments.ts'
import type { World } from './world.ts'

/** Lifts a ban. @throws Refusal `not_found` */
export async function removeBan(
  { db, now }: World,
  { id, actor }: { id: string; actor: Actor },
): Promise<void> {
  if (!(await bans.remove(db, id, actor, now))) throw new Refusal('not_found')
}
