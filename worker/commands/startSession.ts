import { type Identity, identityOf } from '../access/identity.ts'
import { sessionEnd } from '../access/sessionLength.ts'
import type { SignInWay } from '../contract/events.ts'
import { digest, randomToken } from '../crypto.ts'
import { Refusal } from '../http/refusal.ts'
import { trustAddress } from '../mail/trustAddress.ts'
import * as sessions from '../store/sessions.ts'
import * as signInLinks from '../store/signInLinks.ts'
import type { Moderator } from '../store/staff.ts'
import type { World } from './world.ts'

/** Who is signed in, and the secret of their session. */
export interface Started {
  identity: Identity
  secret: string
}

/**
 * Uses up a sign-in link for a session.
 *
 * @throws Refusal `link_expired`
 */
export async function startSession(
  world: World,
  { token, device }: { token: string; device: sessions.Device },
): Promise<Started> {
  const used = await signInLinks.use(world.db, await digest(token), world.now)
  if (!used) throw new Refusal('link_expired')
  const { moderator, sentTo } = used
  if (sentTo) await trustAddress(world.env, sentTo)
  return admit(world, { moderator, device, by: 'link' })
}

interface Admission {
  moderator: Moderator
  device: sessions.Device
  by: SignInWay
  /** When the session ends however often it is used. */
  endsBy?: number | null
}

/** Begins a session of somebody who has proved who they are. */
export async function admit(
  { env, db, now }: World,
  { moderator, device, by, endsBy = null }: Admission,
): Promise<Started> {
  const secret = randomToken()
  const id = crypto.randomUUID()
  const expiresAt = sessionEnd(env, now, endsBy)
  const tokenHash = await digest(secret)
  await sessions.start(db, { id, tokenHash, moderator, device, by, endsBy, now, expiresAt })
  return { identity: identityOf({ ...moderator, sessionId: id, expiresAt }), secret }
}
