import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { type Ctx, type Identity, identify, requireOwnOrigin, sessionCookie } from '../../access/identity.ts'
import { newSignInLink, type Session, signIn, signOutQuery } from '../../contract/session.ts'
import { digest, randomToken } from '../../crypto.ts'
import { readJson } from '../../http/body.ts'
import { parse, single } from '../../http/input.ts'
import { Refusal } from '../../http/refusal.ts'
import * as sites from '../../store/sites.ts'
import * as staff from '../../store/staff.ts'

const sessionDays = 7
const linkMinutes = 15

/** `POST /v1/session`: a session for a one-time sign-in link. */
export async function postSession(c: Ctx): Promise<Response> {
  requireOwnOrigin(c)
  const now = Date.now()
  const { token } = parse(signIn, await readJson(c.req.raw))
  const moderator = await staff.useSignInLink(c.env.DB, await digest(token), now)
  if (!moderator) throw new Refusal('link_expired')
  const secret = randomToken()
  const expiresAt = now + sessionDays * 86_400_000
  await staff.startSession(c.env.DB, { tokenHash: await digest(secret), moderator, now, expiresAt })
  const name = sessionCookie(c)
  setCookie(c, name, secret, {
    httpOnly: true,
    sameSite: 'Strict',
    path: '/',
    secure: name.startsWith('__Host-'),
    maxAge: sessionDays * 86_400,
  })
  return c.json(await view(c, { ...moderator, kind: 'moderator', expiresAt }), 201)
}

/** `GET /v1/session`: who one is. */
export async function getSession(c: Ctx): Promise<Response> {
  const identity = await identify(c, Date.now())
  if (!identity) throw new Refusal('unauthorized')
  return c.json(await view(c, identity))
}

/** `DELETE /v1/session`: ends it; with `?all=1` every session of its moderator. */
export async function deleteSession(c: Ctx): Promise<Response> {
  requireOwnOrigin(c)
  const name = sessionCookie(c)
  const secret = getCookie(c, name)
  const how = { everywhere: parse(signOutQuery, single(c.req.queries())).all === '1', now: Date.now() }
  if (secret) await staff.endSession(c.env.DB, await digest(secret), how)
  deleteCookie(c, name, { path: '/', secure: name.startsWith('__Host-') })
  return c.body(null, 204)
}

/** `POST /v1/sign-in-links`: a link that signs a member of staff in, once. */
export async function postSignInLink(c: Ctx): Promise<Response> {
  const now = Date.now()
  const { name } = parse(newSignInLink, await readJson(c.req.raw))
  const { id } = await staff.ensureOwner(c.env.DB, { id: crypto.randomUUID(), name, now })
  const token = randomToken()
  const expiresAt = now + linkMinutes * 60_000
  await staff.addSignInLink(c.env.DB, { tokenHash: await digest(token), staffId: id, expiresAt })
  const url = new URL(`/dashboard#sign-in=${token}`, c.req.url).href
  return c.json({ token, url, expiresAt: new Date(expiresAt).toISOString() }, 201)
}

async function view(c: Ctx, identity: Identity): Promise<Session> {
  const all = await sites.list(c.env.DB)
  return {
    moderator: { id: identity.id, name: identity.name, role: identity.role },
    expiresAt: identity.expiresAt === null ? null : new Date(identity.expiresAt).toISOString(),
    sites: all.map(({ id, name, locale, policy }) => ({ id, name, locale, policy })),
  }
}
