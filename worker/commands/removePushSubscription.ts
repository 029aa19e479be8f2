import type { Identity } from '../access/identity.ts'
import { Refusal } from '../http/refusal.ts'
import * as pushSubscriptions from '../store/pushSubscriptions.ts'
import type { World } from './world.ts'

/** Has somebody told on one of their devices no more. @throws Refusal `not_found` */
export async function removePushSubscription(
  { db }: World,
  { id, by }: { id: string; by: Identity },
): Promise<void> {
  if (!(await pushSubscriptions.remove(db, { id, staffId: by.id }))) throw new Refusal('not_found')
}
