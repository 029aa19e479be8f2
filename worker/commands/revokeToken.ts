import { Refusal } from '../http/refusal.ts'
import type { Actor } from '../store/decidedComments.ts'
import * as tokens from '../store/tokens.ts'
import type { World } from './world.ts'

/** Revokes an API token. @throws Refusal `not_found` */
export async function revokeToken(
  { db, now }: World,
  { id, actor }: { id: string; actor: Actor },
): Promise<void> {
  if (!(await tokens.remove(db, id, actor, now))) throw new Refusal('not_found')
}
