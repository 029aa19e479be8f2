import { env } from 'cloudflare:workers'
import { type Challenge, solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { AuditEntry } from '../../../worker/contract/auditLog.ts'
import type { NewComment, Posted } from '../../../worker/contract/comment.ts'
import type { ErrorBody } from '../../../worker/contract/errors.ts'
import type { Page } from '../../../worker/contract/page.ts'
import type { Site } from '../../../worker/contract/site.ts'
import { addSite, approved, asOperator, call, comment, json, own, post, posted, queue } from '../product.ts'

afterEach(() => vi.useRealTimers())

const challengeOf = async (id: string, site = 'blog') =>
  (await json<{ challenge: Challenge }>(call('POST', `/v1/sites/${site}/challenges`, { body: { id } })))
    .challenge

const solve = async (challenge: Challenge) =>
  JSON.stringify({ challenge, solution: await solveChallenge({ challenge, deriveKey }) })

const proofFor = async (id: string, site?: string) => solve(await challengeOf(id, site))

/** What a refusal says; a refused comment leaves nothing behind. */
async function refused(body: unknown, status = 403): Promise<ErrorBody['error']> {
  const { error } = await json<ErrorBody>(post(body), status)
  expect((await queue('tab=all')).items).toEqual([])
  return error
}

const set = (settings: Partial<Site['settings']>, site = 'blog') =>
  asOperator('PATCH', `/v1/sites/${site}`, { settings })

describe('A site that asks for work', () => {
  beforeEach(() => addSite({ settings: { proof: 'work' } }))

  it('takes a comment whose challenge was solved, and keeps nothing of the proof', async () => {
    const mine = comment()
    const proof = await proofFor(mine.id)
    const { comment: taken } = await json<Posted>(post({ ...mine, proof }), 202)
    expect(taken.own).toMatchObject({ status: 'pending', body: mine.body })
    const { results } = await env.DB.prepare('SELECT * FROM comments').all()
    expect(JSON.stringify(results)).not.toContain(JSON.parse(proof).solution.derivedKey)
  })

  it.each<[string, string | null | undefined]>([
    ['none', undefined],
    ['an empty one', ''],
    ['null', null],
    ['no JSON', 'solved, honestly'],
    ['JSON of another shape', '{"challenge":{"parameters":{}},"solution":null}'],
    ['JSON that reaches for a prototype', '{"__proto__":{"verified":true}}'],
    ['a deep one', '['.repeat(1000)],
    ['one as long as may be', JSON.stringify({ challenge: 'x'.repeat(2_000) })],
  ])('asks for a proof where there is %s, and says what it asks for', async (_, proof) => {
    const answer = await json<ErrorBody>(post(comment({ ...(proof !== undefined && { proof }) })), 403)
    expect(answer).toMatchObject({
      error: { code: 'proof_needed', field: 'proof' },
      proof: { kind: 'work' },
    })
    expect((await queue('tab=all')).items).toEqual([])
  })

  it.each<[string, unknown, string]>([
    ['a number', 42, 'wrong_type'],
    ['an object', { challenge: {}, solution: {} }, 'wrong_type'],
    ['one too long', JSON.stringify({ challenge: 'x'.repeat(200_000) }), 'too_long'],
  ])('says what is wrong with %s for a proof', async (_, proof, code) => {
    const { error } = await json<ErrorBody>(post(comment({ proof } as Partial<NewComment>)), 400)
    expect(error).toMatchObject({ code, field: 'proof' })
    expect((await queue('tab=all')).items).toEqual([])
  })

  it('takes the same comment with a proof later', async () => {
    const mine = comment()
    await refused(mine)
    await json(post({ ...mine, proof: await proofFor(mine.id) }), 202)
    expect((await queue('tab=all')).items).toMatchObject([{ id: mine.id, body: mine.body }])
  })

  it('takes no challenge that was made for another comment', async () => {
    const other = await proofFor(crypto.randomUUID())
    expect((await refused(comment({ proof: other }))).code).toBe('proof_needed')
  })

  it('takes no challenge that another site made', async () => {
    await addSite({ id: 'other', settings: { proof: 'work' } })
    const mine = comment()
    const proof = await proofFor(mine.id, 'other')
    expect((await refused({ ...mine, proof })).code).toBe('proof_needed')
  })

  it('takes a challenge for ten minutes', async () => {
    const [young, old] = [comment(), comment()]
    const now = Date.now()
    vi.useFakeTimers({ toFake: ['Date'], now: now - 601_000 })
    const late = await challengeOf(old.id)
    vi.setSystemTime(now - 590_000)
    const early = await challengeOf(young.id)
    vi.setSystemTime(now)
    expect((await refused({ ...old, proof: await solve(late) })).code).toBe('proof_needed')
    await json(post({ ...young, proof: await solve(early) }), 202)
  })

  it.each<[string, (challenge: Challenge) => void]>([
    ['an easier one', ({ parameters }) => Object.assign(parameters, { cost: 1, keyPrefix: '00' })],
    ['a shorter prefix', ({ parameters }) => Object.assign(parameters, { keyPrefix: '00' })],
    ['one that says nothing of its solution', ({ parameters }) => delete parameters.keySignature],
    ['a longer life', ({ parameters }) => Object.assign(parameters, { expiresAt: 9_999_999_999 })],
    ['another length', ({ parameters }) => Object.assign(parameters, { keyLength: 8, keyPrefix: '00' })],
    ['no signature', (challenge) => Object.assign(challenge, { signature: '00' })],
  ])('takes no challenge that was changed into %s', async (_, change) => {
    const mine = comment()
    const challenge = await challengeOf(mine.id)
    change(challenge)
    expect((await refused({ ...mine, proof: await solve(challenge) })).code).toBe('proof_needed')
  })

  it('takes no challenge readdressed to another comment', async () => {
    const mine = comment()
    const challenge = await challengeOf(crypto.randomUUID())
    Object.assign(challenge.parameters, { data: { site: 'blog', comment: mine.id } })
    expect((await refused({ ...mine, proof: await solve(challenge) })).code).toBe('proof_needed')
  })

  it('takes no guess, and not the prefix in place of the key', async () => {
    const mine = comment()
    const challenge = await challengeOf(mine.id)
    const { keyPrefix } = challenge.parameters
    for (const derivedKey of [keyPrefix, keyPrefix.repeat(2), '00'])
      await refused({ ...mine, proof: JSON.stringify({ challenge, solution: { counter: 1, derivedKey } }) })
  })

  it('takes a proof again for the same comment, which stays one', async () => {
    const mine = comment()
    const body = { ...mine, proof: await proofFor(mine.id) }
    await json(post(body), 202)
    await json(post(body), 200)
    await json(post(mine), 200)
    expect((await json<ErrorBody>(post({ ...body, body: 'Something else.' }), 409)).error.code).toBe(
      'id_taken',
    )
    expect((await queue('tab=all')).items).toHaveLength(1)
  })

  it('makes one comment of twenty at once', async () => {
    const mine = comment()
    const body = { ...mine, proof: await proofFor(mine.id) }
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(body)))
    expect(answers.map(({ status }) => status).filter((status) => status === 202)).toHaveLength(1)
    expect(answers.every(({ ok }) => ok)).toBe(true)
    expect((await queue('tab=all')).items).toHaveLength(1)
  })

  it('asks authors whom people approved for none, and for none to edit', async () => {
    await json(set({ proof: 'none' }))
    const { token } = await approved()
    const waiting = await posted()
    await json(set({ proof: 'work' }))
    await posted({}, { token })
    const edit = { body: 'Put better.', revision: 1 }
    const path = `/v1/sites/blog/comments/${waiting.comment.id}`
    await json(call('PATCH', path, { token: waiting.token, body: edit }))
    expect((await own(waiting.comment.id, waiting.token)).own?.body).toBe('Put better.')
    expect((await json<ErrorBody>(post(comment(), { token: waiting.token }), 403)).error.code).toBe(
      'proof_needed',
    )
  })
})

describe('A site that asks for nothing', () => {
  it('ignores whatever text comes as a proof', async () => {
    await addSite()
    for (const proof of ['rubbish', '', null]) await posted({ proof })
    expect((await queue('tab=all')).items).toHaveLength(3)
  })
})

describe('A challenge', () => {
  beforeEach(() => addSite({ settings: { proof: 'work' } }))
  const ask = (body: unknown, more = {}) => call('POST', '/v1/sites/blog/challenges', { body, ...more })

  it('is another one each time, and none of it is stored', async () => {
    const id = crypto.randomUUID()
    const [one, other] = [await challengeOf(id), await challengeOf(id.toUpperCase())]
    expect(one.parameters.nonce).not.toBe(other.parameters.nonce)
    expect(one.parameters.data).toEqual(other.parameters.data)
  })

  it('is for pages of the site', async () => {
    const id = crypto.randomUUID()
    for (const origin of ['https://evil.example', null])
      expect((await json<ErrorBody>(ask({ id }, { origin }), 403)).error.code).toBe('wrong_origin')
  })

  it.each([
    [{}, 'missing'],
    [{ id: 'mine' }, 'invalid'],
    [{ id: 1 }, 'wrong_type'],
    [[], 'wrong_type'],
    ['{', 'invalid_json'],
  ])('is not made for %j', async (body, code) => {
    expect((await json<ErrorBody>(ask(body), 400)).error.code).toBe(code)
  })

  it('is limited by address, apart from comments', async () => {
    const headers = { 'cf-connecting-ip': '203.0.113.9' }
    const statuses: number[] = []
    // Twice ten and one: a new minute may begin among them.
    for (let n = 0; n < 21; n++) statuses.push((await ask({ id: crypto.randomUUID() }, { headers })).status)
    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(200))
    expect(statuses).toContain(429)
    expect((await post(comment(), { headers })).status).toBe(403)
  })
})

describe('Turnstile', () => {
  beforeEach(() => addSite())
  const path = '/v1/sites/blog/turnstile'
  const secret = '0x4AAAAAAAsecret'
  const asked = { proof: 'turnstile', turnstileSiteKey: '0x4AAAAAAAkey' } as const

  it('is asked for once its keys are set, and threads tell the site key', async () => {
    expect((await json<ErrorBody>(set({ proof: 'turnstile' }), 400)).error).toMatchObject({
      code: 'missing',
      field: 'settings.turnstileSiteKey',
      message: expect.stringContaining('site key'),
    })
    expect((await json<ErrorBody>(set(asked), 400)).error).toMatchObject({
      code: 'missing',
      field: 'settings.proof',
      message: expect.stringContaining('secret'),
    })
    const fresh = { id: 'fresh', name: 'Fresh', origins: ['https://fresh.example'], settings: asked }
    expect((await json<ErrorBody>(asOperator('POST', '/v1/sites', fresh), 400)).error.field).toBe(
      'settings.proof',
    )
    expect((await asOperator('PUT', path, { secret })).status).toBe(204)
    expect((await json<Site>(set(asked))).settings).toMatchObject(asked)
    const answer = await json<ErrorBody>(post(comment()), 403)
    expect(answer).toMatchObject({ proof: { kind: 'turnstile', siteKey: asked.turnstileSiteKey } })
  })

  it('keeps its secret, and the audit log says who set and removed it', async () => {
    await asOperator('PUT', path, { secret })
    await json(set(asked))
    expect((await json<ErrorBody>(asOperator('DELETE', path), 409)).error.code).toBe('conflict')
    expect((await json<ErrorBody>(set({ turnstileSiteKey: '' }), 400)).error.code).toBe('missing')
    await json(set({ proof: 'work' }))
    expect((await asOperator('DELETE', path)).status).toBe(204)
    expect((await asOperator('DELETE', path)).status).toBe(404)
    const { items } = await json<Page<AuditEntry>>(asOperator('GET', '/v1/audit-log'))
    const told = items.filter(({ act }) => act.startsWith('turnstile.'))
    expect(told).toMatchObject([
      { act: 'turnstile.remove', siteId: 'blog', details: {} },
      { act: 'turnstile.set', siteId: 'blog', details: {} },
    ])
    const sites = await (await asOperator('GET', '/v1/sites')).text()
    expect(JSON.stringify(items) + sites).not.toContain(secret)
  })

  it.each([
    [{}, 'missing', 'secret'],
    [{ secret: '' }, 'invalid', 'secret'],
    [{ secret: 'a\nb' }, 'invalid', 'secret'],
    [{ secret, endpoint: 'http://169.254.169.254/' }, 'invalid', 'endpoint'],
  ])('refuses %j', async (config, code, field) => {
    expect((await json<ErrorBody>(asOperator('PUT', path, config), 400)).error).toMatchObject({ code, field })
  })

  it('refuses a site key that is none', async () => {
    const { error } = await json<ErrorBody>(set({ turnstileSiteKey: '"><script>' }), 400)
    expect(error).toMatchObject({ code: 'invalid', field: 'settings.turnstileSiteKey' })
  })

  it('is the owner’s: strangers neither set nor remove it', async () => {
    expect((await call('PUT', path, { body: { secret } })).status).toBe(401)
    expect((await call('DELETE', path)).status).toBe(401)
  })
})
