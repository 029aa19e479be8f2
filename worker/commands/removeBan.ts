import { Refusal } from '../http/refusal.ts'
import { end } from '../store/banChanges.ts'
import * as bans from '../store/bans.ts'
import type { Actor } from '../store/decidedComments.ts'
import type { World } from './world.ts'

/**
 * Lifts a ban, or takes its adding back: then the ban that it extended stands again, as it was.
 *
 * @throws Refusal `not_found`
 */
export async function removeBan(
  { db, now }: World,
  { id, undo, actor }: { id: string; undo: boolean; actor: Actor },
): Promise<void> {
  const ban = await bans.byId(db, id)
  if (!ban || ban.ended_at !== null || !(await end(db, ban, { actor, at: now, undo })))
    throw new Refusal('not_found')
}
