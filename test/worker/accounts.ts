import { inject } from 'vitest'

/** Where a provider of accounts and Cloudflare Access are, on this machine. */
export const issuer = inject('issuer')

/** The client that the provider knows; see `test/issuer.ts`, which Node runs. */
const client = { clientId: 'hankyo', clientSecret: 'a-secret-of-the-client' }

/** How people may sign in besides by links and passkeys. */
export const SIGN_IN = JSON.stringify({
  providers: [
    { id: 'desk', name: 'Desk accounts', issuer, ...client },
    { id: 'away', name: 'Away', issuer: 'http://127.0.0.1:9', ...client },
  ],
  access: { issuer, audience: 'hankyo-access' },
})

const now = () => Math.floor(Date.now() / 1000)

/** The claims of somebody, for Hankyo, for five minutes. */
export const claimsOf = (sub: string, more: Record<string, unknown> = {}) => ({
  ...{ iss: issuer, aud: 'hankyo', sub, iat: now(), exp: now() + 300, email: `${sub}@desk.example` },
  ...more,
})

/** A token of Cloudflare Access. */
export async function accessToken(sub: string, more: Record<string, unknown> = {}): Promise<string> {
  const body = JSON.stringify(claimsOf(sub, { aud: ['hankyo-access'], ...more }))
  return (await fetch(`${issuer}/sign`, { method: 'POST', body })).json()
}

/** Has the provider sign with another key from now on. */
export const rotateKeys = () => fetch(`${issuer}/rotate`, { method: 'POST' })
