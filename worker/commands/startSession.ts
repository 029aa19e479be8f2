import { type Identity, identityOf } from '../access/identity.ts'
import { digest, randomToken } from '../crypto.ts'
import { Refusal } from '../http/refusal.ts'
import * as staff from '../store/staff.ts'
import type { World } from './world.ts'

/** How long a session lasts. */
export const sessionDays = 7

/**
 * Uses up a sign-in link for a session.
 *
 * @returns who is signed in, and the session's secret
 * @throws Refusal `link_expired`
 */
export async function startSession(
  { db, now }: World,
  { token }: { token: string },
): Promise<{ identity: Identity; secret: string }> {
  const moderator = await staff.useSignInLink(db, await digest(token), now)
  if (!moderator) throw new Refusal('link_expired')
  const secret = randomToken()
  const expiresAt = now + sessionDays * 86_400_000
  await staff.startSession(db, { tokenHash: await digest(secret), moderator, now, expiresAt })
  return { identity: identityOf(moderator, expiresAt), secret }
}
