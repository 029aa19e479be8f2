import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { Event } from '../contract/events.ts'
import type { Language } from '../contract/languages.ts'
import { isRegistered } from '../contract/origin.ts'
import type { Role } from '../contract/roles.ts'
import type { Site } from '../contract/site.ts'
import { digest, isEqual } from '../crypto.ts'
import type { Env } from '../env.ts'
import { ownCookie } from '../http/cookies.ts'
import { Refusal } from '../http/refusal.ts'
import { databaseOf, mainDatabase } from '../store/database.ts'
import type { Actor } from '../store/decidedComments.ts'
import * as sessions from '../store/sessions.ts'
import * as sites from '../store/sites.ts'
import type { Moderator } from '../store/staff.ts'
import * as tokens from '../store/tokens.ts'
import { type Powers, scopeOf } from './permissions.ts'
import { cookieSeconds, sessionEnd } from './sessionLength.ts'

export type Ctx = Context<{
  Bindings: Env
  Variables: {
    site: Site
    moderator: Identity
    receivedAt: number
    /** What the request brought about so far. */
    happened: Event[]
    /** The fields of a reader's form. */
    sent?: URLSearchParams
  }
}>

/** A member of staff, a script with an API token, or the operator. */
export interface Identity extends Actor, Powers {
  role: Role
  /** When the session or token ends; null for never. */
  expiresAt: number | null
  /** Whether it is a script, with an API token. */
  script: boolean
  /** The session by which a person asks. */
  sessionId: string | null
  /** Who asks, or made the token that a script asks with; null where no account did. */
  person: { id: string; name: string } | null
  /** The language and the time zone that a person chose. */
  locale: Language | null
  timeZone: string | null
}

/** The site that a path names; several or other spellings are none. */
export async function siteOf(c: Ctx): Promise<Site> {
  const id = c.req.param('site') ?? ''
  const site = await sites.find(databaseOf(c.env, id), id)
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

/** The bearer token of a request, or null. */
export function bearer(c: Ctx): string | null {
  return /^Bearer ([\w.~+/-]{16,200}=*)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? null
}

/** Letters of an author's token at least: so many of base64url hold 128 bits. */
const shortestToken = 22

/**
 * Refuses what an author's own program calls a token and others could guess. Ours are of 43 letters. Who wrote with a
 * shorter one before can still read, change and withdraw that.
 */
export function requireStrongToken(c: Ctx): void {
  const isBearer = /^Bearer\b/i.test(c.req.header('authorization') ?? '')
  if (!isBearer || (bearer(c)?.length ?? 0) >= shortestToken) return
  throw new Refusal('invalid', {
    message: `An author’s token is ${shortestToken} to 200 random letters, digits and signs of base64url, such as 32 random bytes. Without one you are given one.`,
  })
}

/**
 * Who of the staff asks: by session cookie, API token or operator key. A cookie alone changes
 * nothing unless the request comes from the dashboard's own origin.
 */
export async function identify(c: Ctx, now: number): Promise<Identity | null> {
  const token = bearer(c)
  if (token) return identifyToken(c, token, now)
  const cookie = getCookie(c, sessionCookie(c).name)
  if (!cookie) return null
  if (c.req.method !== 'GET' && c.req.method !== 'HEAD') requireOwnOrigin(c)
  const db = mainDatabase(c.env)
  const session = await sessions.find(db, await digest(cookie), now)
  if (!session) return null
  if (now - session.seenAt < hour) return identityOf(session)
  const expiresAt = sessionEnd(c.env, now, session.endsBy)
  await sessions.see(db, session, { now, expiresAt })
  return identityOf({ ...session, expiresAt })
}

/** Why nobody is known who asks: nobody is signed in, or their account was removed. */
export async function notSignedIn(c: Ctx): Promise<Refusal> {
  const cookie = bearer(c) ? undefined : getCookie(c, sessionCookie(c).name)
  const removed = cookie && (await sessions.isOfRemoved(mainDatabase(c.env), await digest(cookie)))
  return new Refusal(removed ? 'account_removed' : 'unauthorized')
}

/** A use is noted no more often, since each write is paid for. */
const hour = 3_600_000

async function identifyToken(c: Ctx, token: string, now: number): Promise<Identity | null> {
  if (await isEqual(token, c.env.OPERATOR_KEY))
    return { ...operator, ...noPerson, script: false, expiresAt: null }
  const known = token.startsWith('hk_')
    ? await tokens.use(mainDatabase(c.env), await digest(token), now)
    : null
  if (!known) return null
  const { id, name, scope, siteId, expiresAt, madeBy, maker } = known
  const person = madeBy === null ? null : { id: madeBy, name: maker ?? '' }
  const role = scope === 'own' ? 'owner' : 'moderator'
  const sites = siteId === null ? ('*' as const) : [siteId]
  return { kind: 'moderator', id, name, role, scope, sites, expiresAt, ...noPerson, person, script: true }
}

const noPerson = { sessionId: null, person: null, locale: null, timeZone: null }

const operator = {
  kind: 'operator',
  id: 'operator',
  name: 'operator',
  role: 'owner',
  scope: 'own',
  sites: '*',
} as const

/** A member of staff who is signed in. */
export const identityOf = (
  moderator: Moderator & Pick<sessions.SignedIn, 'sessionId' | 'expiresAt'>,
): Identity => ({
  ...moderator,
  kind: 'moderator',
  scope: scopeOf[moderator.role],
  person: { id: moderator.id, name: moderator.name },
  script: false,
})

/**
 * Whether a page of this instance makes the request. Browsers say so themselves, whatever a proxy made of the host
 * (`Sec-Fetch-Site`, which no page can set); older ones name the page's origin, which must then be where they ask.
 */
export function isOwnPage(c: Ctx): boolean {
  if (c.req.header('sec-fetch-site') === 'same-origin') return true
  const origin = c.req.header('origin') ?? ''
  return URL.canParse(origin) && new URL(origin).host === new URL(c.req.url).host
}

/** Refuses a request that a page of another origin made, and tells whoever runs a proxy what it leaves out. */
export function requireOwnOrigin(c: Ctx): void {
  if (isOwnPage(c)) return
  const message = `This can only be done from the dashboard itself. ${whyNot(c)}`
  throw new Refusal('wrong_origin', { message })
}

function whyNot(c: Ctx): string {
  const origin = c.req.header('origin') ?? ''
  if (!URL.canParse(origin)) return 'The request has no header Origin.'
  if (c.env.PUBLIC_URL) return `You opened it at ${origin}; its public URL is ${c.env.PUBLIC_URL}.`
  const { host } = new URL(c.req.url)
  return (
    `You opened it at ${origin}, but this request came with the header Host: ${host}. ` +
    'If a proxy stands in front, have it pass Host on, or start Hankyo with --public-url.'
  )
}

/** Gives a browser the secret of its session. */
export function giveSession(c: Ctx, secret: string): void {
  const { name, ...cookie } = sessionCookie(c)
  setCookie(c, name, secret, { ...cookie, httpOnly: true, sameSite: 'Strict', maxAge: cookieSeconds })
}

/** The session's cookie. */
export const sessionCookie = (c: Ctx) => ownCookie(c, 'hankyo_session')
