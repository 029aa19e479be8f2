import type { Assertion, Attestation } from '../contract/passkeys.ts'
import type { Env } from '../env.ts'
import { publicUrl } from '../http/publicUrl.ts'
import { Refusal } from '../http/refusal.ts'
import type { Ctx } from './identity.ts'
import { type Opened, openSignedText, signedText } from './signedText.ts'

/** The library is large and needed at few requests: it is run when it is first asked for. */
const library = () => import('@simplewebauthn/server')

/** Milliseconds that a challenge is good for. */
const lifetime = 5 * 60_000

/** Where passkeys are made and used: they know one host, and are asked for on one origin. */
export interface Here {
  host: string
  origin: string
}

/** Where passkeys are made and used by a request. */
export function hereOf(c: Ctx): Here {
  const { hostname, origin } = new URL(publicUrl(c))
  return { host: hostname, origin }
}

/** What a ceremony works with. */
interface Ceremony {
  env: Env
  here: Here
  now: number
}

/** A credential that is kept. */
export interface Credential {
  id: string
  /** COSE, base64url. */
  publicKey: string
  counter: number
}

/** Somebody for whom a passkey is made. */
interface Maker {
  id: string
  name: string
}

const toSignIn = 'sign in by passkey'
const toAdd = ({ id }: Maker) => `add passkey ${id}`

/** What a browser needs to make a passkey: one that it finds by itself and that asks for finger, face or PIN. */
export async function registrationOptions(
  { env, here, now }: Ceremony,
  { by, has }: { by: Maker; has: { id: string; transports: string[] }[] },
) {
  const { generateRegistrationOptions } = await library()
  return generateRegistrationOptions({
    rpName: 'Hankyo',
    rpID: here.host,
    userName: by.name,
    userDisplayName: by.name,
    userID: Uint8Array.from(new TextEncoder().encode(by.id)),
    challenge: await signedText(env, toAdd(by), now + lifetime),
    timeout: lifetime,
    attestationType: 'none',
    excludeCredentials: has,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
}

/** What a browser needs to sign in by a passkey that it finds by itself. */
export async function authenticationOptions({ env, here, now }: Ceremony) {
  const { generateAuthenticationOptions } = await library()
  return generateAuthenticationOptions({
    rpID: here.host,
    challenge: await signedText(env, toSignIn, now + lifetime),
    timeout: lifetime,
    userVerification: 'required',
  })
}

/**
 * A passkey that a browser made.
 *
 * @throws Refusal `passkey_refused`
 */
export async function checkAttestation(
  { env, here, now }: Ceremony,
  { by, credential }: { by: Maker; credential: Attestation },
) {
  const { verifyRegistrationResponse } = await library()
  const challenge = asked(env, toAdd(by), now)
  const { registrationInfo: made } = await told(() =>
    verifyRegistrationResponse({
      response: { ...credential, clientExtensionResults: {} },
      expectedChallenge: challenge.isOurs,
      expectedOrigin: here.origin,
      expectedRPID: here.host,
    }),
  )
  if (!made) throw new Refusal('passkey_refused')
  const { id, publicKey, counter } = made.credential
  return {
    credential: { id, publicKey: base64url(publicKey), counter },
    aaguid: made.aaguid,
    synced: made.credentialBackedUp,
    challenge: challenge.opened(),
  }
}

/**
 * Whether a passkey signed what it was asked to, here and now.
 *
 * @returns its counter from now on, and the challenge to be used up
 * @throws Refusal `passkey_refused`
 */
export async function checkAssertion(
  { env, here, now }: Ceremony,
  { response, kept }: { response: Assertion; kept: Credential },
): Promise<{ counter: number; challenge: Opened }> {
  const { verifyAuthenticationResponse } = await library()
  const challenge = asked(env, toSignIn, now)
  const { verified, authenticationInfo } = await told(() =>
    verifyAuthenticationResponse({
      response: { ...response, clientExtensionResults: {} },
      expectedChallenge: challenge.isOurs,
      expectedOrigin: here.origin,
      expectedRPID: here.host,
      credential: { ...kept, publicKey: bytesOf(kept.publicKey) },
    }),
  )
  if (!verified) throw new Refusal('passkey_refused')
  return { counter: authenticationInfo.newCounter, challenge: challenge.opened() }
}

/** A challenge that is to come back. */
function asked(env: Env, purpose: string, now: number) {
  let opened: Opened | null = null
  return {
    async isOurs(challenge: string) {
      opened = await openSignedText(env, purpose, { text: new TextDecoder().decode(bytesOf(challenge)), now })
      return opened !== null
    },
    opened: () => opened as unknown as Opened,
  }
}

/** What the library makes of an answer; whatever it objects to is refused, and said to whoever runs this instance. */
async function told<Result>(check: () => Promise<Result>): Promise<Result> {
  try {
    return await check()
  } catch (error) {
    console.warn('a passkey was refused', { reason: String(error) })
    throw new Refusal('passkey_refused')
  }
}

const base64url = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

const bytesOf = (text: string) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0))
