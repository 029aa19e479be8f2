import { personOf } from '../../access/gate.ts'
import type { Ctx } from '../../access/identity.ts'
import { authenticationOptions, hereOf, registrationOptions } from '../../access/webauthn.ts'
import { addPasskey } from '../../commands/addPasskey.ts'
import { removePasskey } from '../../commands/removePasskey.ts'
import { renamePasskey } from '../../commands/renamePasskey.ts'
import { newPasskey, passkeyChange } from '../../contract/passkeys.ts'
import { readJson } from '../../http/body.ts'
import { deviceOf } from '../../http/device.ts'
import { parse } from '../../http/input.ts'
import * as passkeys from '../../store/passkeys.ts'
import { worldOf } from '../world.ts'

const idOf = (c: Ctx) => c.req.param('passkey') ?? ''

/** `GET /v1/passkeys`: one's own. */
export async function getPasskeys(c: Ctx): Promise<Response> {
  const { id } = personOf(c)
  return c.json({ items: await passkeys.list(worldOf(c).db, id), next: null })
}

/** `POST /v1/passkeys/options`: what the browser needs to make one. */
export async function postPasskeyOptions(c: Ctx): Promise<Response> {
  const by = personOf(c)
  const { env, db, now } = worldOf(c)
  const here = hereOf(c)
  const has = await passkeys.credentials(db, by.id, here.host)
  return c.json(await registrationOptions({ env, here, now }, { by, has }))
}

/** `POST /v1/passkeys`: adds one that the browser made. */
export async function postPasskey(c: Ctx): Promise<Response> {
  const by = personOf(c)
  const { name, credential } = parse(newPasskey, await readJson(c.req.raw))
  const { browser } = deviceOf(c.req.raw)
  return c.json(await addPasskey(worldOf(c), { by, here: hereOf(c), credential, name, browser }), 201)
}

/** `PATCH /v1/passkeys/:passkey`: calls it something else. */
export async function patchPasskey(c: Ctx): Promise<Response> {
  const by = personOf(c)
  const { name } = parse(passkeyChange, await readJson(c.req.raw))
  return c.json(await renamePasskey(worldOf(c), { id: idOf(c), name, by }))
}

/** `DELETE /v1/passkeys/:passkey` */
export async function deletePasskey(c: Ctx): Promise<Response> {
  await removePasskey(worldOf(c), { id: idOf(c), by: personOf(c) })
  return c.body(null, 204)
}

/** `POST /v1/session/passkey-options`: what the browser needs to sign in by one. */
export async function postAssertionOptions(c: Ctx): Promise<Response> {
  const { env, now } = worldOf(c)
  return c.json(await authenticationOptions({ env, here: hereOf(c), now }))
}
