import { checkAssertion, type Here } from '../access/webauthn.ts'
import type { Assertion } from '../contract/passkeys.ts'
import { Refusal } from '../http/refusal.ts'
import * as passkeys from '../store/passkeys.ts'
import type { Device } from '../store/sessions.ts'
import { admit, type Started } from './startSession.ts'
import type { World } from './world.ts'

interface Wish {
  here: Here
  response: Assertion
  device: Device
}

/**
 * A session for whoever a passkey is of.
 *
 * @throws Refusal `passkey_unknown`, or `passkey_refused` for a wrong, late or repeated answer
 */
export async function signInByPasskey(world: World, { here, response, device }: Wish): Promise<Started> {
  const { env, db, now } = world
  const known = await passkeys.find(db, response.id)
  if (!known) throw new Refusal('passkey_unknown')
  const { moderator, credential: kept } = known
  const { counter, challenge } = await checkAssertion({ env, here, now }, { response, kept })
  if (!(await passkeys.use(db, { id: kept.id, counter, challenge, now })))
    throw new Refusal('passkey_refused')
  return admit(world, { moderator, device, by: 'passkey' })
}
