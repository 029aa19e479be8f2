import type { ScreenerKind } from '../contract/screeners.ts'
import { Refusal } from '../http/refusal.ts'
import { targetOf } from '../screeners/services.ts'
import type { Actor } from '../store/decidedComments.ts'
import * as screeners from '../store/screeners.ts'
import type { World } from './world.ts'

interface Removal {
  siteId: string
  kind: ScreenerKind
  actor: Actor
}

/** Has a service asked no more. @throws Refusal `not_found` */
export async function removeScreener({ db, now }: World, { siteId, kind, actor }: Removal): Promise<void> {
  const known = (await screeners.list(db, siteId)).find((one) => one.kind === kind)
  const removed =
    known && (await screeners.remove(db, { siteId, kind, target: targetOf(known), actor, at: now }))
  if (!removed) throw new Refusal('not_found')
}
