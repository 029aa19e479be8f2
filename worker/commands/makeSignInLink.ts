import { digest, randomToken } from '../crypto.ts'
import * as signInLinks from '../store/signInLinks.ts'
import * as staff from '../store/staff.ts'
import type { World } from './world.ts'

const linkMinutes = 15

/** Makes a link that signs a member of staff in, once; who is new is an owner of all sites. */
export async function makeSignInLink(
  { db, now }: World,
  { name }: { name: string },
): Promise<{ token: string; expiresAt: number }> {
  const { id } = await staff.ensureOwner(db, { id: crypto.randomUUID(), name, now })
  const token = randomToken()
  const expiresAt = now + linkMinutes * 60_000
  await signInLinks.add(db, { tokenHash: await digest(token), staffId: id, expiresAt })
  return { token, expiresAt }
}
