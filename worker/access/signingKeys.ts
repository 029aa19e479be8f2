import {
  createLocalJWKSet,
  errors,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyOptions,
  jwtVerify,
} from 'jose'
import * as v from 'valibot'
import { exchange, type Reach, Unavailable } from '../outside/exchange.ts'
import { expected } from '../outside/post.ts'

const keySet = v.looseObject({ keys: v.array(v.looseObject({ kty: v.string() })) })

/** Signatures by keys that are public alone: what a secret signs, whoever knows the secret could sign, too. */
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
]

/** Milliseconds for which keys are believed unasked. */
const lifetime = 10 * 60_000

/** Seconds that clocks may differ. */
const tolerance = 60

/** What was last read of an address. Each request asks for itself: in workerd none may wait for another's answer. */
const kept = new Map<string, { keys: JSONWebKeySet; at: number }>()

interface Signed {
  token: string
  /** Where whoever signed tells its keys. */
  keysAt: string
  /** Milliseconds after which keys are read anew for one that is not among them: those of whoever may come with any token. */
  cooldown: number
  now: number
  claims: Pick<JWTVerifyOptions, 'issuer' | 'audience'>
}

/**
 * What a signed token says, if it is signed with a key of who it is from, for us, and has not ended.
 *
 * @throws Unavailable where the keys cannot be read
 * @returns null where it is not
 */
export async function verified(reach: Reach, signed: Signed): Promise<JWTPayload | null> {
  const { token, keysAt, cooldown, now, claims } = signed
  const before = kept.get(keysAt)
  const known = before && now - before.at < lifetime ? before : await readKeys(reach, keysAt, now)
  const check = (keys: JSONWebKeySet) =>
    jwtVerify(token, createLocalJWKSet(keys), {
      ...claims,
      ...{
        algorithms,
        clockTolerance: tolerance,
        currentDate: new Date(now),
        requiredClaims: ['sub', 'exp', 'iat'],
      },
    })
  try {
    try {
      return (await check(known.keys)).payload
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || now - known.at < cooldown) throw error
      return (await check((await readKeys(reach, keysAt, now)).keys)).payload
    }
  } catch (error) {
    if (error instanceof Unavailable) throw error
    console.warn('a signed token was refused', { reason: String(error) })
    return null
  }
}

async function readKeys(reach: Reach, url: string, now: number) {
  const { text } = await exchange(reach, url, { method: 'GET', headers: { accept: 'application/json' } })
  const keys = expected(v.pipe(v.string(), v.parseJson(), keySet), text) as JSONWebKeySet
  const read = { keys, at: now }
  kept.set(url, read)
  return read
}
