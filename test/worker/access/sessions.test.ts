import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Session } from '../../../worker/contract/session.ts'
import { addSite, asOperator, call, host, json } from '../product.ts'

const day = 86_400_000

beforeEach(() => addSite())

/** Signs somebody in. @returns how they ask */
async function signIn(name: string, more: { timeZone?: string; agent?: string } = {}) {
  const { token } = await json<{ token: string }>(asOperator('POST', '/v1/sign-in-links', { name }), 201)
  const { timeZone, agent = '' } = more
  const body = { token, ...(timeZone && { timeZone }) }
  const answer = await call('POST', '/v1/session', { body, origin: host, headers: { 'user-agent': agent } })
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  return (method: string, path: string, sent?: unknown) =>
    call(method, path, { body: sent, headers: { cookie }, origin: host })
}

const row = () => env.DB.prepare('SELECT * FROM sessions').first<Record<string, number>>()
const seen = (ago: number) =>
  env.DB.prepare('UPDATE sessions SET seen_at = ?1, expires_at = ?1 + ?2')
    .bind(Date.now() - ago, 30 * day)
    .run()

describe('A session', () => {
  it('lasts 30 days from when it was used last, and says so', async () => {
    const ask = await signIn('Mika')
    await seen(20 * day)
    const { expiresAt } = await json<Session>(ask('GET', '/v1/session'))
    const left = Date.parse(expiresAt as string) - Date.now()
    expect(Math.round(left / day)).toBe(30)
    expect((await row())?.expires_at).toBe(Date.parse(expiresAt as string))
    await seen(31 * day)
    expect((await ask('GET', '/v1/session')).status).toBe(401)
  })

  it('writes no row for its uses within an hour', async () => {
    const ask = await signIn('Mika')
    await seen(3_500_000)
    const before = await row()
    await ask('GET', '/v1/queue')
    expect(await row()).toEqual(before)
  })
})
