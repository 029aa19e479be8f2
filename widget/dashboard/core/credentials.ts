import {
  browserSupportsWebAuthn,
  browserSupportsWebAuthnAutofill,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
  WebAuthnAbortService,
} from '@simplewebauthn/browser'
import type { SignInWays, WayOn } from '../../../worker/contract/connectedAccounts.ts'
import type { Passkey } from '../../../worker/contract/passkeys.ts'
import type { Connection } from './connection.ts'

/** Why a passkey was not made or used, where the browser itself says so. */
export type PasskeyFlaw = 'stopped' | 'there' | 'elsewhere' | 'failed'

/** The browser, or its user, made or used no passkey. */
export class NoPasskey extends Error {
  declare readonly flaw: PasskeyFlaw
  constructor(flaw: PasskeyFlaw) {
    super(flaw)
    Object.assign(this, { flaw })
  }
}

/** Whether passkeys can be made and used on this page: they know hosts by name, and want https or this machine itself. */
export const passkeysWork = (): boolean =>
  globalThis.isSecureContext && browserSupportsWebAuthn() && !/^(?:[\d.]+|\[.*\])$/.test(location.hostname)

/** This page at the name of this machine, where passkeys work; null where it is not at a number of this machine. */
export function addressAtLocalhost(): string | null {
  if (!/^(?:127(?:\.\d+){3}|\[::1\])$/.test(location.hostname)) return null
  const url = new URL(location.href)
  url.hostname = 'localhost'
  return url.href
}

/** What else than links and passkeys signs in here. */
export const readWays = async (connection: Connection): Promise<SignInWays> =>
  (await connection.ask<SignInWays>('GET', '/v1/session/ways')).data

/** Has the browser make a passkey, and adds it. Rejects with `NoPasskey` or an `ApiError`. */
export async function makePasskey(connection: Connection): Promise<Passkey> {
  const { data: optionsJSON } = await connection.ask<PublicKeyCredentialCreationOptionsJSON>(
    'POST',
    '/v1/passkeys/options',
  )
  const { id, rawId, type, response } = await asked(() => startRegistration({ optionsJSON }))
  const { clientDataJSON, attestationObject, transports = [] } = response
  const credential = { id, rawId, type, response: { clientDataJSON, attestationObject, transports } }
  return (await connection.ask<Passkey>('POST', '/v1/passkeys', { body: { credential } })).data
}

/**
 * What a passkey signs in with. Rejects with `NoPasskey` or an `ApiError`.
 *
 * @param quietly in a field that asks for nothing: the browser offers it there, and waits
 */
export async function passkeyAnswer(connection: Connection, quietly = false) {
  const { data: optionsJSON } = await connection.ask<PublicKeyCredentialRequestOptionsJSON>(
    'POST',
    '/v1/session/passkey-options',
  )
  const answer = await asked(() => startAuthentication({ optionsJSON, useBrowserAutofill: quietly }))
  const { id, rawId, type, response } = answer
  const { clientDataJSON, authenticatorData, signature, userHandle } = response
  return { id, rawId, type, response: { clientDataJSON, authenticatorData, signature, userHandle } }
}

/** Milliseconds after which what the server asked for is asked anew: it is good for five minutes. */
const patience = 4 * 60_000

/** Has the browser offer passkeys in a field, until the returned function is called. @param take is given what signs in */
export function offerInField(
  connection: Connection,
  take: (answer: Awaited<ReturnType<typeof passkeyAnswer>>) => void,
): () => void {
  let over = false
  const offer = async () => {
    if (over || !passkeysWork() || !(await browserSupportsWebAuthnAutofill())) return
    // Whatever ends it, there is the button.
    await passkeyAnswer(connection, true).then(
      (answer) => over || take(answer),
      () => {},
    )
  }
  void offer()
  const timer = setInterval(offer, patience)
  return () => {
    over = true
    clearInterval(timer)
    WebAuthnAbortService.cancelCeremony()
  }
}

/** Leaves for a provider of accounts. @param connect whether to connect one, in place of signing in */
export async function setOut(connection: Connection, provider: string, connect = false): Promise<boolean> {
  const path = connect ? `/v1/connected-accounts/${provider}` : `/v1/session/ways/${provider}`
  const { url } = (await connection.ask<WayOn>('POST', path)).data
  if (url !== null) location.assign(url)
  return url === null
}

const flaws: Record<string, PasskeyFlaw> = {
  NotAllowedError: 'stopped',
  AbortError: 'stopped',
  InvalidStateError: 'there',
  SecurityError: 'elsewhere',
}

async function asked<Result>(ceremony: () => Promise<Result>): Promise<Result> {
  try {
    return await ceremony()
  } catch (error) {
    throw new NoPasskey(flaws[(error as Error).name] ?? 'failed')
  }
}
