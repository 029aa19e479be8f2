import * as oauth from 'oauth4webapi'
import type { Provider } from '../contract/signInConfig.ts'
import { hmac } from '../crypto.ts'
import type { Env } from '../env.ts'
import { Refusal } from '../http/refusal.ts'
import { exchange, Unavailable } from '../outside/exchange.ts'
import { verified } from './signingKeys.ts'

/** Milliseconds for which what a provider says of itself is believed unasked. */
const lifetime = 60 * 60_000

const discovered = new Map<string, { server: oauth.AuthorizationServer; at: number }>()

/** An account at a provider, by what the provider calls it for good. */
export interface Account {
  issuer: string
  subject: string
  /** What people know it by: an e-mail address or a name. It opens nothing. */
  label: string
}

/** A browser's way to a provider and back. All of it follows from `attempt`, a text that this browser alone has. */
interface Way {
  env: Env
  provider: Provider
  /** Where the provider sends people back to. */
  redirectUri: string
  attempt: string
  now: number
}

/**
 * Where a browser is sent to sign in at a provider.
 *
 * @throws Refusal `unavailable` or `provider_failed`
 */
export async function authorizationUrl(way: Way): Promise<string> {
  const { provider, redirectUri } = way
  const server = await told(provider, () => discover(way))
  if (!server.authorization_endpoint) throw failed(provider, 'it names no authorization_endpoint')
  const url = new URL(server.authorization_endpoint)
  const { state, nonce, verifier } = await secretsOf(way)
  const wish = {
    client_id: provider.clientId,
    response_type: 'code',
    scope: 'openid email profile',
    redirect_uri: redirectUri,
    state,
    nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  }
  for (const [name, value] of Object.entries(wish)) url.searchParams.set(name, value)
  return url.href
}

/**
 * Whose account it is that a browser comes back with.
 *
 * @throws Refusal `sign_in_refused` where the provider or the person said no, `sign_in_expired` where this browser set out
 *   for something else, `unavailable` or `provider_failed`
 */
export async function accountOf(way: Way, answer: URLSearchParams): Promise<Account> {
  const { env, provider, redirectUri, now } = way
  const { state, nonce, verifier } = await secretsOf(way)
  if (answer.get('state') !== state) throw new Refusal('sign_in_expired')
  return told(provider, async () => {
    const server = await discover(way)
    const client = { client_id: provider.clientId, [oauth.clockTolerance]: 60 }
    const parameters = oauth.validateAuthResponse(server, client, answer, state)
    const response = await oauth.authorizationCodeGrantRequest(
      ...([server, client, authentication(provider, server), parameters, redirectUri, verifier] as const),
      options(way),
    )
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, {
      expectedNonce: nonce,
      requireIdToken: true,
    })
    const claims = await verified(env, {
      ...{ token: tokens.id_token as string, keysAt: String(server.jwks_uri), cooldown: 0, now },
      claims: { issuer: server.issuer, audience: provider.clientId },
    })
    if (!claims?.sub) throw failed(provider, 'the signature of its token does not hold')
    return { issuer: server.issuer, subject: claims.sub, label: labelOf(claims) }
  })
}

const labelOf = ({ email, preferred_username, name, sub }: Record<string, unknown>): string =>
  String([email, preferred_username, name].find((one) => typeof one === 'string' && one !== '') ?? sub).slice(
    0,
    254,
  )

/** What only the browser that set out can come back with. */
async function secretsOf({ env, attempt }: Way) {
  const derived = (what: string) => hmac(env.TOKEN_SECRET, `${what} ${attempt}`)
  const [state, nonce, verifier] = await Promise.all([
    derived('state'),
    derived('nonce'),
    derived('verifier'),
  ])
  return { state, nonce, verifier }
}

async function discover(way: Way): Promise<oauth.AuthorizationServer> {
  const { provider, now } = way
  const known = discovered.get(provider.issuer)
  if (known && now - known.at < lifetime) return known.server
  const issuer = new URL(provider.issuer)
  const response = await oauth.discoveryRequest(issuer, { ...options(way), algorithm: 'oidc' })
  const server = await oauth.processDiscoveryResponse(issuer, response)
  discovered.set(provider.issuer, { server, at: now })
  return server
}

/** As the provider takes it: Basic unless it names others only. */
function authentication({ clientSecret }: Provider, server: oauth.AuthorizationServer): oauth.ClientAuth {
  if (clientSecret === undefined) return oauth.None()
  const taken = server.token_endpoint_auth_methods_supported
  const isBasic = !taken || taken.includes('client_secret_basic')
  return isBasic ? oauth.ClientSecretBasic(clientSecret) : oauth.ClientSecretPost(clientSecret)
}

/** How the library asks a provider: by the one way to services outside, which decides where http is allowed. */
const options = ({ env }: Way) => ({
  [oauth.allowInsecureRequests]: true,
  [oauth.customFetch]: async (
    url: string,
    { method, headers, body }: { method: string; headers: Record<string, string>; body?: unknown },
  ) => {
    const ask = { method: method as 'GET' | 'POST', headers, ...(body ? { body: String(body) } : {}) }
    // An error is told by JSON, too.
    const reply = await exchange(env, url, ask, (status) => status < 300 || (status >= 400 && status < 500))
    const type = reply.headers.get('content-type') ?? 'application/json'
    return new Response(reply.text, { status: reply.status, headers: { 'content-type': type } })
  },
})

/** Says in our own words what went wrong on the way, and to whoever runs this instance what exactly. */
async function told<Result>(provider: Provider, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refusal) throw error
    if (error instanceof oauth.AuthorizationResponseError) {
      console.warn('a provider of accounts refused', { provider: provider.id, reason: error.error })
      throw new Refusal('sign_in_refused')
    }
    if (!(error instanceof Unavailable)) throw failed(provider, String(error))
    console.error('a provider of accounts could not be asked', {
      provider: provider.id,
      reason: error.message,
    })
    throw new Refusal('unavailable', {
      message: `${provider.name} does not answer at the moment (${error.message}). Try again shortly.`,
      retryAfter: 10,
    })
  }
}

function failed(provider: Provider, reason: string): Refusal {
  console.error('a provider of accounts answered wrongly', { provider: provider.id, reason })
  return new Refusal('provider_failed')
}
