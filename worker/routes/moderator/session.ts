import { deleteCookie, getCookie } from 'hono/cookie'
import * as v from 'valibot'
import { letThrough } from '../../access/cloudflareAccess.ts'
import {
  type Ctx,
  giveSession,
  identify,
  notSignedIn,
  requireOwnOrigin,
  sessionCookie,
} from '../../access/identity.ts'
import { noteAddress } from '../../access/instanceAddress.ts'
import { hereOf } from '../../access/webauthn.ts'
import { endSession } from '../../commands/endSession.ts'
import { signInByAccount } from '../../commands/signInByAccount.ts'
import { signInByPasskey } from '../../commands/signInByPasskey.ts'
import { type Started, startSession } from '../../commands/startSession.ts'
import { timeZone } from '../../contract/input.ts'
import { signIn, signOutQuery } from '../../contract/session.ts'
import { readJson } from '../../http/body.ts'
import { deviceOf } from '../../http/device.ts'
import { parse, single } from '../../http/input.ts'
import { publicUrl } from '../../http/publicUrl.ts'
import { Refusal } from '../../http/refusal.ts'
import { sessionOf } from '../../queries/sessionOf.ts'
import { worldOf } from '../world.ts'

/** `POST /v1/session`: a session for a sign-in link, for what a passkey signed, or for whom Cloudflare Access let through. */
export async function postSession(c: Ctx): Promise<Response> {
  requireOwnOrigin(c)
  const world = worldOf(c)
  const { token, passkey: response, access, timeZone: zone } = parse(signIn, await readJson(c.req.raw))
  const device = { ...deviceOf(c.req.raw), timeZone: v.is(timeZone, zone) ? zone : null }
  if (response) return begun(c, await signInByPasskey(world, { here: hereOf(c), response, device }))
  if (access) {
    const { account, expiresAt: endsBy } = await letThrough(c.env, c.req.raw.headers, world.now)
    return begun(c, await signInByAccount(world, { account, by: 'access', attempt: null, device, endsBy }))
  }
  if (token === undefined) throw new Refusal('missing', { field: 'token' })
  return begun(c, await startSession(world, { token, device }))
}

/** Gives a browser its session, and tells it whose it is. */
async function begun(c: Ctx, { identity, secret }: Started): Promise<Response> {
  giveSession(c, secret)
  const world = worldOf(c)
  noteAddress(world, publicUrl(c), identity)
  return c.json(await sessionOf(world, identity), 201)
}

/** `GET /v1/session`: who one is. */
export async function getSession(c: Ctx): Promise<Response> {
  const identity = await identify(c, Date.now())
  if (!identity) throw await notSignedIn(c)
  const world = worldOf(c)
  noteAddress(world, publicUrl(c), identity)
  return c.json(await sessionOf(world, identity))
}

/** `DELETE /v1/session`: ends it; with `?all=1` every session of its moderator. */
export async function deleteSession(c: Ctx): Promise<Response> {
  requireOwnOrigin(c)
  const { all } = parse(signOutQuery, single(c.req.queries()))
  const { name, ...cookie } = sessionCookie(c)
  const secret = getCookie(c, name)
  if (secret) await endSession(worldOf(c), { secret, everywhere: all === '1' })
  deleteCookie(c, name, cookie)
  return c.body(null, 204)
}
