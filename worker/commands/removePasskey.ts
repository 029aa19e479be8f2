import type { Identity } from '../access/identity.ts'
import { Refusal } from '../http/refusal.ts'
import * as passkeys from '../store/passkeys.ts'
import type { World } from './world.ts'

/** Removes somebody's passkey: it signs in no more, and sessions that it began go on. @throws Refusal `not_found` */
export async function removePasskey(
  { db, now }: World,
  { id, by }: { id: string; by: Identity },
): Promise<void> {
  if (!(await passkeys.remove(db, { id, actor: by, now }))) throw new Refusal('not_found')
}
