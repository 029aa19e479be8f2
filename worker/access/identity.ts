import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import type { Event } from '../contract/events.ts'
import type { Role } from '../contract/session.ts'
import type { Site } from '../contract/site.ts'
import { digest, hmac, isEqual, randomToken } from '../crypto.ts'
import type { Env } from '../env.ts'
import { addressOf, isShared, isWithin } from '../http/address.ts'
import { isLoopback, isRegistered } from '../http/origin.ts'
import { Refusal } from '../http/refusal.ts'
import type { Actor } from '../store/decidedComments.ts'
import { dailySecret } from '../store/retention.ts'
import * as screening from '../store/screening.ts'
import * as sites from '../store/sites.ts'
import * as staff from '../store/staff.ts'

export type Ctx = Context<{
  Bindings: Env
  Variables: {
    site: Site
    moderator: Identity
    receivedAt: number
    /** What the request brought about so far. */
    happened: Event[]
    /** The fields of a reader's form. */
    sent?: Record<string, string>
  }
}>

/** A member of staff, a script with an API token, or the operator. */
export interface Identity extends Actor {
  role: Role
  expiresAt: number | null
}

/** The site that a path names; several or other spellings are none. */
export async function siteOf(c: Ctx): Promise<Site> {
  const site = await sites.find(c.env.DB, c.req.param('site') ?? '')
  if (!site) throw new Refusal('unknown_site')
  return site
}

/**
 * Lets a request through that comes from a page of the site, and lets that page read the answer.
 * A read without an origin is no other page's: browsers send none to their page's own host.
 */
export function allowOrigin(c: Ctx, site: Site): void {
  const origin = c.req.header('origin')
  c.header('vary', 'Origin')
  if (!origin && c.req.method === 'GET') return
  if (!origin || !isRegistered(origin, site.origins)) throw new Refusal('wrong_origin')
  c.header('access-control-allow-origin', origin)
  c.header('access-control-expose-headers', 'Retry-After')
}

/** What an address may be known by: an HMAC under a secret that exists for a day only; null where many share it. */
export async function addressHash(c: Ctx, now: number): Promise<string | null> {
  const address = addressOf(c.req.raw)
  if (isShared(address)) return null
  const secret = await dailySecret(c.env.DB, new Date(now).toISOString().slice(0, 10), randomToken())
  return hmac(secret, address)
}

/**
 * Counts a post against its address and then its site. Authors with approved comments don't count
 * against the site, so that a flood of strangers can't silence its regulars. Each `kind` counts apart.
 */
export async function limitRate(
  c: Ctx,
  site: Site,
  isKnown: () => Promise<boolean>,
  kind = '',
): Promise<void> {
  if (c.env.RATE_LIMIT === 'off' && isLoopback(new URL(c.req.url).hostname)) return
  const refusal = new Refusal('rate_limited', { retryAfter: 60 })
  const address = await c.env.ADDRESS_LIMIT.limit({ key: `${kind}${site.id} ${addressOf(c.req.raw)}` })
  if (!address.success) throw refusal
  if (await isKnown()) return
  const all = await c.env.SITE_LIMIT.limit({ key: site.id })
  if (!all.success) throw refusal
}

/** Counts what a reader does besides writing against their address. */
export async function limitReader(c: Ctx, site: Site): Promise<void> {
  if (c.env.RATE_LIMIT === 'off' && isLoopback(new URL(c.req.url).hostname)) return
  const { success } = await c.env.READER_LIMIT.limit({ key: `${site.id} ${addressOf(c.req.raw)}` })
  if (!success)
    throw new Refusal('rate_limited', {
      message: 'Too much in a short time. Wait a little, then try again.',
      retryAfter: 60,
    })
}

/** Refuses a banned author or address. */
export async function refuseBanned(c: Ctx, site: Site, author: string | null, now: number): Promise<void> {
  const address = addressOf(c.req.raw)
  const bans = await screening.bansInForce(c.env.DB, site.id, ['author', 'address'], now)
  const ban = bans.find(({ kind, value }) =>
    kind === 'author' ? value === author : isWithin(address, value),
  )
  if (!ban) return
  const until = ban.until === null ? '' : ` until ${new Date(ban.until).toISOString()}`
  throw new Refusal('banned', { message: `You can’t post here${until}.` })
}

/** The bearer token of a request, or null. */
export function bearer(c: Ctx): string | null {
  return /^Bearer ([\w.~+/-]{16,200}=*)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? null
}

/**
 * Who of the staff asks: by session cookie, API token or operator key. A cookie alone changes
 * nothing unless the request comes from the dashboard's own origin.
 */
export async function identify(c: Ctx, now: number): Promise<Identity | null> {
  const token = bearer(c)
  if (token) return identifyToken(c, token, now)
  const cookie = getCookie(c, sessionCookie(c))
  if (!cookie) return null
  if (c.req.method !== 'GET' && c.req.method !== 'HEAD') requireOwnOrigin(c)
  const session = await staff.session(c.env.DB, await digest(cookie), now)
  return session && { ...session, kind: 'moderator' }
}

async function identifyToken(c: Ctx, token: string, now: number): Promise<Identity | null> {
  if (await isEqual(token, c.env.OPERATOR_KEY))
    return { kind: 'operator', id: 'operator', name: 'operator', role: 'owner', expiresAt: null }
  const known = token.startsWith('hk_') ? await staff.tokenBy(c.env.DB, await digest(token), now) : null
  return known && { kind: 'moderator', id: known.id, name: known.name, role: 'owner', expiresAt: null }
}

/** Refuses a request that a page of another origin made. */
export function requireOwnOrigin(c: Ctx): void {
  const origin = c.req.header('origin')
  if (!origin || !URL.canParse(origin) || new URL(origin).host !== new URL(c.req.url).host)
    throw new Refusal('wrong_origin', { message: 'This can only be done from the dashboard itself.' })
}

/** The session cookie's name: with the `__Host-` prefix wherever the browser would accept it. */
export function sessionCookie(c: Ctx): string {
  return isLoopback(new URL(c.req.url).hostname) ? 'hankyo_session' : '__Host-hankyo_session'
}

/** Lets only staff through, and where asked only owners. */
export function staffOnly(role: Role = 'moderator') {
  return async (c: Ctx, next: () => Promise<void>): Promise<void> => {
    const identity = await identify(c, Date.now())
    if (!identity) throw new Refusal('unauthorized')
    if (role === 'owner' && identity.role !== 'owner') throw new Refusal('forbidden')
    c.set('moderator', identity)
    await next()
  }
}

/** Lets only the operator through. */
export async function operatorOnly(c: Ctx, next: () => Promise<void>): Promise<void> {
  const identity = await identify(c, Date.now())
  if (identity?.kind !== 'operator') throw new Refusal('unauthorized')
  c.set('moderator', identity)
  await next()
}
