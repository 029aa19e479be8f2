import type { D1Database } from '@cloudflare/workers-types'
import { base64url } from '../crypto.ts'
import * as pushKeys from '../store/pushKeys.ts'

/**
 * The pair of keys by which this instance is known to push services. It is made when it is first asked for, and stays:
 * browsers subscribe for it alone. @param db the main one
 */
export async function ownPushKeys(db: D1Database): Promise<pushKeys.PushKeys> {
  return (await pushKeys.find(db)) ?? pushKeys.keep(db, await made())
}

async function made(): Promise<pushKeys.PushKeys> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign'])
  const { privateKey, publicKey } = pair as CryptoKeyPair
  const [{ d }, point] = await Promise.all([
    crypto.subtle.exportKey('jwk', privateKey) as Promise<JsonWebKey>,
    crypto.subtle.exportKey('raw', publicKey) as Promise<ArrayBuffer>,
  ])
  return { privateKey: d as string, publicKey: base64url(new Uint8Array(point)) }
}
