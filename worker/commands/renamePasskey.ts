import type { Identity } from '../access/identity.ts'
import type { Passkey } from '../contract/passkeys.ts'
import { Refusal } from '../http/refusal.ts'
import * as passkeys from '../store/passkeys.ts'
import type { World } from './world.ts'

/** Calls somebody's passkey something else. @throws Refusal `not_found` */
export async function renamePasskey(
  { db, now }: World,
  { id, name, by }: { id: string; name: string; by: Identity },
): Promise<Passkey> {
  const renamed = await passkeys.rename(db, { id, name, actor: by, now })
  if (!renamed) throw new Refusal('not_found')
  return renamed
}
