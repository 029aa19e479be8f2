import { type Challenge, createChallenge, randomInt, verifySolution } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2'
import * as v from 'valibot'
import type { Site } from '../contract/site.ts'
import type { ThreadPage } from '../contract/thread.ts'
import { hmac } from '../crypto.ts'
import type { Env } from '../env.ts'
import { Refusal } from '../http/refusal.ts'
import { Unavailable } from '../outside/exchange.ts'
import { isPerson } from '../screeners/turnstile.ts'
import { databaseOf } from '../store/database.ts'
import * as turnstile from '../store/turnstile.ts'
import type { Spent } from './dayBudget.ts'
import type { Quota } from './limits.ts'

/** Rounds of PBKDF2 for a try, and tries at most: about a second of work on a slow phone, and seldom two. */
const rounds = 2000
const mostTries = 600

/** Seconds in which a challenge can be used. */
const lifetime = 600

/** Seconds after which it is worth asking Turnstile again. */
const patience = 10

const hex = v.pipe(v.string(), v.regex(/^[0-9a-f]{1,128}$/))
const whole = v.pipe(v.number(), v.integer())
const solved = v.object({
  challenge: v.object({
    parameters: v.object({
      algorithm: v.string(),
      cost: whole,
      data: v.object({ comment: v.string(), site: v.string() }),
      expiresAt: whole,
      keyLength: whole,
      keyPrefix: hex,
      keySignature: hex,
      nonce: hex,
      salt: hex,
    }),
    signature: hex,
  }),
  solution: v.object({ counter: whole, derivedKey: hex }),
})

/** What a site asks of who writes besides the text, as its threads tell it; undefined where it asks nothing. */
export function proofOf({ settings }: Site): ThreadPage['thread']['proof'] {
  if (settings.proof === 'turnstile') return { kind: 'turnstile', siteKey: settings.turnstileSiteKey }
  return settings.proof === 'work' ? { kind: 'work' } : undefined
}

/**
 * Work for a browser, good for ten minutes and one comment of one site: solving it twice can only send the
 * same comment twice. Nothing is kept of it, for it carries its own signature.
 *
 * @param id the comment's, in lower case
 */
export async function challengeFor(env: Env, site: Site, id: string, now: number): Promise<Challenge> {
  return createChallenge({
    algorithm: 'PBKDF2/SHA-256',
    cost: rounds,
    counter: randomInt(mostTries),
    data: { site: site.id, comment: id },
    expiresAt: Math.floor(now / 1000) + lifetime,
    deriveKey,
    ...(await secrets(env)),
  })
}

/** A comment that is to be let through. */
interface Proving {
  id: string
  /** `NewComment.proof`. */
  proof: string
  /** What the site's newcomers may post together. */
  quota: Quota
  /** What was written today. */
  spent: Spent
}

/**
 * Lets a comment through whose writer has proved what its site asks for. Where it asks for nothing and its quota runs
 * low, work proves enough.
 *
 * @throws Refusal `proof_needed`, with what is asked for, or `unavailable` while Turnstile cannot be asked
 */
export async function requireProof(
  env: Env,
  site: Site,
  { id, proof, quota, spent }: Proving,
): Promise<void> {
  const asked = proofOf(site)
  if (!asked) {
    if ((await isSolved(env, site, id, proof)) || !(await quota.runsLow(spent))) return
    throw new Refusal('proof_needed', { field: 'proof', more: { proof: { kind: 'work' } } })
  }
  const proved =
    asked.kind === 'work' ? await isSolved(env, site, id, proof) : await isMeant(env, site, id, proof)
  if (!proved) throw new Refusal('proof_needed', { field: 'proof', more: { proof: asked } })
}

async function isSolved(env: Env, site: Site, id: string, proof: string): Promise<boolean> {
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), solved), proof)
  if (!read.success) return false
  const { challenge, solution } = read.output
  const { data } = challenge.parameters
  if (data.site !== site.id || data.comment !== id) return false
  return (await verifySolution({ challenge, solution, deriveKey, ...(await secrets(env)) })).verified
}

async function isMeant(env: Env, site: Site, id: string, proof: string): Promise<boolean> {
  if (!proof) return false
  try {
    const config = await turnstile.find(databaseOf(env, site.id), site.id)
    if (!config) throw new Unavailable('its secret is not set')
    return await isPerson(env, config, proof, id)
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error
    console.warn('Turnstile could not be asked', { site: site.id, reason: error.message })
    throw new Refusal('unavailable', {
      message: 'Turnstile does not answer at the moment. Try again shortly.',
      retryAfter: patience,
    })
  }
}

/** One key signs the challenge, the other its solution, so that checking one costs no work. */
async function secrets({ TOKEN_SECRET }: Env) {
  const [hmacSignatureSecret, hmacKeySignatureSecret] = await Promise.all([
    hmac(TOKEN_SECRET, 'proof challenge'),
    hmac(TOKEN_SECRET, 'proof solution'),
  ])
  return { hmacSignatureSecret, hmacKeySignatureSecret }
}
