import { publish } from '../events/publish.ts'
import { subscriberId } from '../mail/subscribers.ts'
import { deliveries } from '../notify/destinations.ts'
import type { Decision } from '../store/decisions.ts'
import { endErasure, eraseSlice } from '../store/erasureEffects.ts'
import { type ErasureRow, nextSlice, type PartRow } from '../store/erasures.ts'
import { printsOf } from './erasedPrints.ts'
import type { World } from './world.ts'

/**
 * Works off one slice of an erasure. Where its job comes twice, nothing is counted twice.
 *
 * @returns whether more is left to do
 */
export async function workErasure(world: World, part: PartRow & { erasure: ErasureRow }): Promise<boolean> {
  const { env, db, now } = world
  const { erasure, authorId } = part
  if (erasure.endedAt !== null) return false
  const { found, addresses, next } = await nextSlice(db, { authorId, place: erasure.place })
  const newDecision = (): Decision => ({
    ...{ id: crypto.randomUUID(), action: 'withdraw', actor: erasure.actor, reason: null, at: now },
    ...{ outcome: { status: 'deleted', shownRevision: null }, bulkId: erasure.id, deliveries },
  })
  const subscribers = await Promise.all(addresses.map((address) => subscriberId(env, part.siteId, address)))
  const prints = await printsOf(env, part.siteId, { addresses, tokenHash: part.tokenHash })
  publish(world, await eraseSlice(db, part, { found, subscribers, prints, next, at: now }, newDecision))
  return next !== null || !(await endErasure(db, part, now))
}
