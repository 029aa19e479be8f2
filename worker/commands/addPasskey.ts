import { authenticatorName } from '../access/authenticators.ts'
import type { Identity } from '../access/identity.ts'
import { checkAttestation, type Here } from '../access/webauthn.ts'
import { type Attestation, mostPasskeys, type Passkey } from '../contract/passkeys.ts'
import { Refusal } from '../http/refusal.ts'
import { iso } from '../store/database.ts'
import * as passkeys from '../store/passkeys.ts'
import type { World } from './world.ts'

interface Wish {
  by: Identity
  here: Here
  credential: Attestation
  /** What it is to be called, or else what made it, or the browser. */
  name: string | undefined
  browser: string | null
}

/**
 * Adds a passkey that somebody's browser made for them.
 *
 * @throws Refusal `passkey_refused`, or `conflict` where it is there already or they have too many
 */
export async function addPasskey(world: World, wish: Wish): Promise<Passkey> {
  const { env, db, now } = world
  const { by, here, credential } = wish
  const made = await checkAttestation({ env, here, now }, { by, credential })
  const name = wish.name ?? authenticatorName(made.aaguid) ?? wish.browser ?? 'Passkey'
  const { synced, challenge } = made
  const added = await passkeys.add(
    db,
    { ...made.credential, name, host: here.host, transports: credential.response.transports ?? [], synced },
    { actor: by, challenge, most: mostPasskeys, now },
  )
  if (!added)
    throw new Refusal('conflict', {
      message: `This passkey is there already, or you have ${mostPasskeys}, which is the most: remove one first.`,
    })
  return { id: made.credential.id, name, host: here.host, synced, createdAt: iso(now), lastUsedAt: null }
}
