import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Env } from '../env.ts'
import { ownCookie } from '../http/cookies.ts'
import { Refusal } from '../http/refusal.ts'
import type { Ctx } from './identity.ts'
import { type Opened, openSignedText, signedText } from './signedText.ts'

/** Seconds in which somebody has to come back from a provider. */
const lifetime = 10 * 60

/** What a browser set out for at a provider: to sign in, or (`staffId`) to connect an account with who is signed in. */
export interface Attempt extends Opened {
  /** What this browser alone has of it. */
  text: string
  staffId: string | null
}

const purpose = (provider: string, staffId: string) => `set out for ${provider} as ${staffId}`

/**
 * Begins an attempt in this browser, in place of one that is not over. Its cookie comes along when the provider sends the
 * browser back, which the session’s does not.
 */
export async function begin(c: Ctx, provider: string, staffId: string | null): Promise<string> {
  const as = staffId ?? ''
  const text = `${await signedText(c.env, purpose(provider, as), Date.now() + lifetime * 1000)}.${as}`
  const { name, ...cookie } = ownCookie(c, 'hankyo_attempt')
  setCookie(c, name, text, { ...cookie, httpOnly: true, sameSite: 'Lax', maxAge: lifetime })
  return text
}

/**
 * Ends the attempt of this browser.
 *
 * @throws Refusal `sign_in_expired` where it has none for this provider
 */
export async function end(c: Ctx, provider: string, now: number): Promise<Attempt> {
  const { name, ...cookie } = ownCookie(c, 'hankyo_attempt')
  const text = getCookie(c, name) ?? ''
  deleteCookie(c, name, cookie)
  const opened = await open(c.env, provider, { text, now })
  if (!opened) throw new Refusal('sign_in_expired')
  return opened
}

async function open(env: Env, provider: string, { text, now }: { text: string; now: number }) {
  const at = text.lastIndexOf('.')
  const staffId = text.slice(at + 1)
  const opened = await openSignedText(env, purpose(provider, staffId), { text: text.slice(0, at), now })
  return opened && { ...opened, text, staffId: staffId || null }
}
