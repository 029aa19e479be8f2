import type { Env } from '../env.ts'
import { Refusal } from '../http/refusal.ts'
import { Unavailable } from '../outside/exchange.ts'
import type { Account } from './openIdConnect.ts'
import { signInWays } from './signInWays.ts'
import { verified } from './signingKeys.ts'

/** Milliseconds: tokens come from whoever asks, so keys that are not known are looked for no more often. */
const cooldown = 30_000

/** Somebody whom Cloudflare Access let through. */
export interface LetThrough {
  account: Account
  /** When they have to show again who they are. */
  expiresAt: number
}

/**
 * Who it is that Cloudflare Access let through with a request.
 *
 * @throws Refusal `not_found` where Access is not set up, `access_refused` for a missing or wrong token, `unavailable`
 */
export async function letThrough(env: Env, headers: Headers, now: number): Promise<LetThrough> {
  const { access } = signInWays(env)
  if (!access) throw new Refusal('not_found')
  const token = headers.get('cf-access-jwt-assertion')
  if (!token) throw new Refusal('access_refused')
  const { issuer, audience } = access
  const keysAt = `${issuer}/cdn-cgi/access/certs`
  const claims = await verified(env, { token, keysAt, cooldown, now, claims: { issuer, audience } }).catch(
    (error) => {
      if (!(error instanceof Unavailable)) throw error
      console.error('the keys of Cloudflare Access cannot be read', { reason: error.message })
      throw new Refusal('unavailable', {
        message: 'Cloudflare Access does not answer at the moment. Try again shortly.',
        retryAfter: 10,
      })
    },
  )
  const { sub: subject, email, exp } = claims ?? {}
  // Programs that Access lets through are nobody in particular.
  if (!subject || exp === undefined) throw new Refusal('access_refused')
  const label = typeof email === 'string' ? email.slice(0, 254) : subject
  return { account: { issuer, subject, label }, expiresAt: exp * 1000 }
}
