import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { AuditEntry } from '../../../worker/contract/auditLog.ts'
import type { ErrorBody } from '../../../worker/contract/errors.ts'
import type { Passkey } from '../../../worker/contract/passkeys.ts'
import type { Session } from '../../../worker/contract/session.ts'
import { Authenticator } from '../authenticator.ts'
import { addSite, asOperator, call, host, json } from '../product.ts'

interface Options {
  challenge: string
  rp: { id: string }
  user: { id: string }
  excludeCredentials: { id: string }[]
}

type Ask = (method: string, path: string, sent?: unknown) => Promise<Response>

/** Signs somebody in by a link. */
async function byLink(name: string): Promise<Ask> {
  const { token } = await json<{ token: string }>(asOperator('POST', '/v1/sign-in-links', { name }), 201)
  return asking(await call('POST', '/v1/session', { body: { token }, origin: host }))
}

function asking(answer: Response): Ask {
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  return (method, path, body) => call(method, path, { body, headers: { cookie }, origin: host })
}

const optionsFor = (ask: Ask) => json<Options>(ask('POST', '/v1/passkeys/options'))
const optionsToSignIn = () => json<Options>(call('POST', '/v1/session/passkey-options', { origin: host }))
const signIn = (passkey: unknown) => call('POST', '/v1/session', { body: { passkey }, origin: host })
const code = async (answer: Response) =>
  `${answer.status} ${((await answer.clone().json()) as ErrorBody).error.code}`

/** Somebody with a passkey. */
async function withPasskey(name = 'Mika') {
  const ask = await byLink(name)
  const passkey = await Authenticator.make()
  const credential = await passkey.create(await optionsFor(ask))
  const added = await json<Passkey>(ask('POST', '/v1/passkeys', { credential }), 201)
  return { ask, passkey, credential, added }
}

beforeEach(() => addSite())

describe('A passkey', () => {
  it('is added by its owner, signs in again and again, and says when it did last', async () => {
    const { ask, passkey, added } = await withPasskey()
    expect(added).toMatchObject({ name: 'Passkey', host: 'hankyo.example', synced: false, lastUsedAt: null })
    for (const counter of [0, 0]) {
      const answer = await signIn(await passkey.get(await optionsToSignIn(), { counter }))
      expect((await json<Session>(answer, 201)).moderator.name).toBe('Mika')
      expect((await asking(answer)('GET', '/v1/queue')).status).toBe(200)
    }
    const { items } = await json<{ items: Passkey[] }>(ask('GET', '/v1/passkeys'))
    expect(items[0]?.lastUsedAt).not.toBeNull()
    expect((await optionsFor(ask)).excludeCredentials.map(({ id }) => id)).toEqual([passkey.id])
  })

  it('is renamed and removed by its owner alone, which the log tells', async () => {
    const { ask, passkey, added } = await withPasskey()
    const other = await byLink('Ren')
    const path = `/v1/passkeys/${added.id}`
    expect((await other('PATCH', path, { name: 'Ours' })).status).toBe(404)
    expect((await other('DELETE', path)).status).toBe(404)
    expect((await json<{ items: Passkey[] }>(other('GET', '/v1/passkeys'))).items).toEqual([])
    expect((await json<Passkey>(ask('PATCH', path, { name: 'Phone' }))).name).toBe('Phone')
    expect((await ask('DELETE', path)).status).toBe(204)
    expect(await code(await signIn(await passkey.get(await optionsToSignIn())))).toBe('401 passkey_unknown')
    expect((await ask('GET', '/v1/session')).status).toBe(200)
    const { items } = await json<{ items: AuditEntry[] }>(asOperator('GET', '/v1/audit-log'))
    expect(items.map(({ act, details }) => `${act} ${details.name ?? details.by ?? ''}`)).toEqual([
      'passkey.remove Phone',
      'passkey.rename Phone',
      'session.start link',
      'passkey.add Passkey',
      'session.start link',
      'site.add Blog',
    ])
  })

  it('ends with the account', async () => {
    const { ask, passkey } = await withPasskey()
    const answer = await passkey.get(await optionsToSignIn())
    const { moderator } = await json<Session>(ask('GET', '/v1/session'))
    const ren = await byLink('Ren')
    expect((await ren('DELETE', `/v1/staff/${moderator.id}`)).status).toBe(204)
    expect(await code(await signIn(answer))).toBe('401 passkey_unknown')
    const left = await env.DB.prepare('SELECT count(*) AS left FROM passkeys').first<{ left: number }>()
    expect(left?.left).toBe(0)
  })

  it('belongs to people, so that a token has none', async () => {
    for (const [method, path] of [
      ['GET', '/v1/passkeys'],
      ['POST', '/v1/passkeys/options'],
      ['DELETE', '/v1/passkeys/none'],
    ] as const)
      expect((await asOperator(method, path)).status).toBe(404)
  })
})

describe('Signing in is refused', () => {
  it('where the same answer comes again', async () => {
    const { passkey } = await withPasskey()
    const answer = await passkey.get(await optionsToSignIn())
    expect((await signIn(answer)).status).toBe(201)
    expect(await code(await signIn(answer))).toBe('401 passkey_refused')
  })

  it.each([
    ['another origin', { origin: 'https://hankyo.example.evil.example' }],
    ['another host', { host: 'evil.example' }],
    ['nobody’s finger, face or PIN', { verified: false }],
  ])('where the answer is of %s', async (_, fault) => {
    const { passkey } = await withPasskey()
    const answer = await passkey.get(await optionsToSignIn(), fault)
    expect(await code(await signIn(answer))).toBe('401 passkey_refused')
  })

  it('where a copy of the key counts behind', async () => {
    const { passkey } = await withPasskey()
    expect((await signIn(await passkey.get(await optionsToSignIn(), { counter: 7 }))).status).toBe(201)
    const behind = await passkey.get(await optionsToSignIn(), { counter: 7 })
    expect(await code(await signIn(behind))).toBe('401 passkey_refused')
  })

  it('where another key signed, or the challenge is for something else, made up or over', async () => {
    const { ask, passkey } = await withPasskey()
    const forged = {
      ...(await (await Authenticator.make()).get(await optionsToSignIn())),
      id: passkey.id,
      rawId: passkey.id,
    }
    expect(await code(await signIn(forged))).toBe('401 passkey_refused')
    const { challenge } = await optionsFor(ask)
    const ended = btoa(`${(Date.now() - 1).toString(36)}.x.y`).replaceAll('=', '')
    for (const other of [challenge, 'AAAA', ended])
      expect(await code(await signIn(await passkey.get({ challenge: other, rpId: 'hankyo.example' })))).toBe(
        '401 passkey_refused',
      )
  })

  it('to a page of another origin, and to what is no answer at all', async () => {
    const { passkey } = await withPasskey()
    const answer = await passkey.get(await optionsToSignIn())
    const elsewhere = await call('POST', '/v1/session', { body: { passkey: answer } })
    expect(await code(elsewhere)).toBe('403 wrong_origin')
    for (const body of [
      {},
      { passkey: {} },
      { passkey: { ...answer, id: '<' } },
      { passkey: answer, role: 'owner' },
    ])
      expect((await call('POST', '/v1/session', { body, origin: host })).status).toBe(400)
  })
})

describe('Adding a passkey is refused', () => {
  it('where it was made for somebody else, or is added twice', async () => {
    const { ask, credential } = await withPasskey()
    const ren = await byLink('Ren')
    const stolen = await (await Authenticator.make()).create(await optionsFor(ask))
    expect(await code(await ren('POST', '/v1/passkeys', { credential: stolen }))).toBe('401 passkey_refused')
    expect(await code(await ask('POST', '/v1/passkeys', { credential }))).toBe('409 conflict')
  })

  it('where it asks nobody who holds it', async () => {
    const ask = await byLink('Mika')
    const credential = await (await Authenticator.make()).create(await optionsFor(ask), { verified: false })
    expect(await code(await ask('POST', '/v1/passkeys', { credential }))).toBe('401 passkey_refused')
  })

  it('beyond as many as one may have', async () => {
    const { ask } = await withPasskey()
    await env.DB.prepare(
      `INSERT INTO passkeys SELECT id || n, staff_id, name, host, public_key, counter, transports, synced, created_at, NULL
       FROM passkeys, (WITH RECURSIVE x (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM x WHERE n < 19) SELECT n FROM x)`,
    ).run()
    const credential = await (await Authenticator.make()).create(await optionsFor(ask))
    expect(await code(await ask('POST', '/v1/passkeys', { credential }))).toBe('409 conflict')
  })
})
