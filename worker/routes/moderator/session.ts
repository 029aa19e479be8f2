import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import * as v from 'valibot'
import { type Ctx, identify, notSignedIn, requireOwnOrigin, sessionCookie } from '../../access/identity.ts'
import { cookieSeconds } from '../../access/sessionLength.ts'
import { hereOf } from '../../access/webauthn.ts'
import { endSession } from '../../commands/endSession.ts'
import { signInByPasskey } from '../../commands/signInByPasskey.ts'
import { type Started, startSession } from '../../commands/startSession.ts'
import { timeZone } from '../../contract/input.ts'
import { signIn, signOutQuery } from '../../contract/session.ts'
import { readJson } from '../../http/body.ts'
import { deviceOf } from '../../http/device.ts'
import { parse, single } from '../../http/input.ts'
import { Refusal } from '../../http/refusal.ts'
import { sessionOf } from '../../queries/sessionOf.ts'
import { worldOf } from '../world.ts'

/** `POST /v1/session`: a session for a one-time sign-in link, or for what a passkey signed. */
export async function postSession(c: Ctx): Promise<Response> {
  requireOwnOrigin(c)
  const world = worldOf(c)
  const { token, passkey: response, timeZone: zone } = parse(signIn, await readJson(c.req.raw))
  const device = { ...deviceOf(c.req.raw), timeZone: v.is(timeZone, zone) ? zone : null }
  if (response) return begun(c, await signInByPasskey(world, { here: hereOf(c), response, device }))
  if (token === undefined) throw new Refusal('missing', { field: 'token' })
  return begun(c, await startSession(world, { token, device }))
}

/** Gives a browser its session, and tells it whose it is. */
async function begun(c: Ctx, { identity, secret }: Started): Promise<Response> {
  const { name, ...cookie } = sessionCookie(c)
  setCookie(c, name, secret, {
    ...cookie,
    httpOnly: true,
    sameSite: 'Strict',
    maxAge: cookieSeconds,
  })
  return c.json(await sessionOf(worldOf(c), identity), 201)
}

/** `GET /v1/session`: who one is. */
export async function getSession(c: Ctx): Promise<Response> {
  const identity = await identify(c, Date.now())
  if (!identity) throw await notSignedIn(c)
  return c.json(await sessionOf(worldOf(c), identity))
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
