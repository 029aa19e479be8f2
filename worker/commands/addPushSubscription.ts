import type { Identity } from '../access/identity.ts'
import {
  mostDevices,
  type NewPushSubscription,
  type PushSubscriptionView,
} from '../contract/pushSubscriptions.ts'
import { isPointOfP256 } from '../crypto.ts'
import { Refusal } from '../http/refusal.ts'
import { requireAskable } from '../screeners/requireAskable.ts'
import * as pushSubscriptions from '../store/pushSubscriptions.ts'
import type { World } from './world.ts'

/**
 * Has somebody told on a device.
 *
 * @param wish.name what its browser and system call themselves
 * @throws Refusal `invalid` where its push service may not be asked, or for keys that are none; `conflict` for too many
 */
export async function addPushSubscription(
  { env, db, now }: World,
  wish: { subscription: NewPushSubscription; name: string; by: Identity },
): Promise<PushSubscriptionView> {
  const { endpoint, keys } = wish.subscription
  requireAskable({ endpoint }, env)
  if (!(await isPointOfP256(keys.p256dh))) throw new Refusal('invalid', { field: 'keys.p256dh' })
  const added = await pushSubscriptions.add(
    db,
    { id: crypto.randomUUID(), staffId: wish.by.id, endpoint, ...keys, name: wish.name },
    { most: mostDevices, now },
  )
  if (!added)
    throw new Refusal('conflict', {
      message: `You are told on ${mostDevices} devices, which is the most: remove one first.`,
    })
  return added
}
