import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, inject, it, vi } from 'vitest'
import type { AuditEntry } from '../../../worker/contract/auditLog.ts'
import type { ErrorBody } from '../../../worker/contract/errors.ts'
import type { Page } from '../../../worker/contract/page.ts'
import type { Screener } from '../../../worker/contract/screeners.ts'
import { signingSecret } from '../../../worker/crypto.ts'
import type { Env } from '../../../worker/env.ts'
import type { Question } from '../../../worker/screeners/question.ts'
import { ask } from '../../../worker/screeners/services.ts'
import * as store from '../../../worker/store/screeners.ts'
import { fetchIn } from '../jobs.ts'
import { addSite, asOperator, call, host, json, posted } from '../product.ts'

beforeEach(() => addSite())

const path = '/v1/sites/blog/screeners'
const list = async () => (await json<Page<Screener>>(asOperator('GET', path))).items
const put = (kind: string, config: unknown) => asOperator('PUT', `${path}/${kind}`, config)
const openai = { endpoint: 'https://api.example/v1/moderations', key: 'sk-secret', model: 'omni' }
const hook = { url: 'https://hook.example/screen' }
const audit = async () => (await json<Page<AuditEntry>>(asOperator('GET', '/v1/audit-log'))).items

describe('A site’s screeners', () => {
  it('are configured, listed and taken away, and the audit log says so', async () => {
    await json(put('webhook', hook))
    await json(put('openai', openai))
    expect(await list()).toEqual([
      { kind: 'openai', target: openai.endpoint, last: null },
      { kind: 'webhook', target: hook.url, last: null },
    ])
    expect((await asOperator('DELETE', `${path}/openai`)).status).toBe(204)
    expect((await asOperator('DELETE', `${path}/openai`)).status).toBe(404)
    expect((await list()).map(({ kind }) => kind)).toEqual(['webhook'])
    const entries = (await audit()).filter(({ act }) => act.startsWith('screener.'))
    expect(entries.map(({ act, siteId, details }) => ({ act, siteId, details }))).toEqual([
      { act: 'screener.remove', siteId: 'blog', details: { kind: 'openai', target: openai.endpoint } },
      { act: 'screener.set', siteId: 'blog', details: { kind: 'openai', target: openai.endpoint } },
      { act: 'screener.set', siteId: 'blog', details: { kind: 'webhook', target: hook.url } },
    ])
  })

  it('tell a secret that is made once, and no other secret ever', async () => {
    const { secret } = await json<{ secret: string }>(put('webhook', hook))
    expect(secret).toMatch(/^whsec_[\w+/]{43}=$/)
    const own = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
    const given = [await (await put('webhook', { ...hook, secret: own })).text()]
    given.push(await (await put('openai', openai)).text(), JSON.stringify([await list(), await audit()]))
    for (const told of given)
      for (const hidden of [secret, own, openai.key]) expect(told).not.toContain(hidden)
  })

  it('are of one site', async () => {
    await addSite({ id: 'other' })
    await json(put('openai', openai))
    expect(await json(asOperator('GET', '/v1/sites/other/screeners'))).toEqual({ items: [], next: null })
    expect((await asOperator('DELETE', '/v1/sites/other/screeners/openai')).status).toBe(404)
    expect((await asOperator('GET', '/v1/sites/none/screeners')).status).toBe(404)
    expect(await list()).toHaveLength(1)
  })

  it('are the owner’s: strangers see and change nothing', async () => {
    await json(put('openai', openai))
    for (const [method, where] of [
      ['GET', path],
      ['PUT', `${path}/webhook`],
      ['DELETE', `${path}/openai`],
    ] as const) {
      const { error } = await json<ErrorBody>(
        call(method, where, method === 'PUT' ? { body: hook } : {}),
        401,
      )
      expect(error.code).toBe('unauthorized')
    }
    expect(await list()).toHaveLength(1)
  })

  it('are no mere moderator’s', async () => {
    const made = await json<{ token: string }>(
      asOperator('POST', '/v1/sign-in-links', { name: 'Helper' }),
      201,
    )
    const answer = await call('POST', '/v1/session', { body: { token: made.token }, origin: host })
    await env.DB.prepare("UPDATE staff SET role = 'moderator'").run()
    const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
    const as = (method: string, where: string, body?: unknown) =>
      call(method, where, { body, origin: host, headers: { cookie } })
    expect((await as('GET', '/v1/queue')).status).toBe(200)
    expect((await as('GET', path)).status).toBe(403)
    expect((await as('PUT', `${path}/webhook`, hook)).status).toBe(403)
    expect((await as('DELETE', `${path}/webhook`)).status).toBe(403)
  })

  it.each<[string, unknown, string, string]>([
    ['openai', { ...openai, endpoint: 'http://api.example/' }, 'invalid', 'endpoint'],
    ['openai', { ...openai, endpoint: 'http://169.254.169.254/' }, 'invalid', 'endpoint'],
    ['openai', { ...openai, endpoint: 'https://user:word@api.example/' }, 'invalid', 'endpoint'],
    ['openai', { ...openai, key: 'a\nb' }, 'invalid', 'key'],
    ['openai', { ...openai, model: undefined }, 'missing', 'model'],
    ['webhook', { url: 'ftp://hook.example/' }, 'invalid', 'url'],
    ['webhook', { ...hook, secret: 'guess' }, 'invalid', 'secret'],
    ['webhook', { ...hook, secret: null }, 'wrong_type', 'secret'],
    ['akismet', { key: 'k' }, 'missing', 'blog'],
    ['akismet', { key: 'k', blog: 'javascript:alert(1)' }, 'invalid', 'blog'],
    ['workers_ai', { model: '@cf/meta/llama-3-8b-instruct' }, 'invalid', 'model'],
  ])('refuse %s as %j', async (kind, config, code, field) => {
    expect((await json<ErrorBody>(put(kind, config), 400)).error).toMatchObject({ code, field })
    expect(await list()).toEqual([])
  })

  it('refuse a kind there is none of, and Workers AI where it is not', async () => {
    expect((await put('oracle', {})).status).toBe(404)
    const said = vi.spyOn(console, 'error').mockImplementation(() => {})
    const { error } = await json<ErrorBody>(put('workers_ai', { model: '@cf/meta/llama-guard-3-8b' }), 503)
    expect(error.code).toBe('not_configured')
    expect(said).toHaveBeenCalledWith(error.message)
    said.mockRestore()
    expect(await list()).toEqual([])
  })
})

describe('An instance where private hosts are not allowed', () => {
  const strict = { ...env, ALLOW_PRIVATE_HOSTS: '' } as unknown as Env
  const putStrictly = async (path: string, config: unknown) =>
    (await fetchIn(
      strict,
      new Request(`${host}/v1/sites/blog/${path}`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${env.OPERATOR_KEY}` },
        body: JSON.stringify(config),
      }),
    )) as unknown as Response

  it.each<[string, string]>(
    [
      'https://127.0.0.1/',
      'https://0x7f000001/',
      'https://017700000001/',
      'https://[::ffff:127.0.0.1]/',
      'https://localhost/',
      'https://169.254.169.254/latest/',
      'https://10.0.0.1/',
      'https://100.64.0.1/',
      'https://[fd00::1]/',
      'https://metadata.google.internal/',
      'https://redis/',
      'https://hook.example:6379/',
      'http://127.0.0.1:8080/',
    ].flatMap((url): [string, string][] => [
      ['webhook', url],
      ['openai', url],
      ['akismet', url],
      ['turnstile', url],
    ]),
  )('has no %s at %s', async (kind, url) => {
    const path = kind === 'turnstile' ? kind : `screeners/${kind}`
    const config = {
      webhook: { url },
      openai: { ...openai, endpoint: url },
      akismet: { key: 'k', blog: 'https://blog.example/', endpoint: url },
      turnstile: { secret: 's', endpoint: url },
    }[kind]
    const { error } = await json<ErrorBody>(putStrictly(path, config), 400)
    expect(error).toMatchObject({ code: 'invalid', field: kind === 'webhook' ? 'url' : 'endpoint' })
    expect(error.message).toContain('ALLOW_PRIVATE_HOSTS')
    expect(await list()).toEqual([])
  })

  it('has those of the internet, and asks none that was configured before', async () => {
    expect((await putStrictly('screeners/webhook', hook)).status).toBe(200)
    const config = { url: `${inject('outside')}/well/webhook`, secret: signingSecret() }
    const [answer] = await ask(strict, [{ kind: 'webhook', config }], question)
    expect(answer).toEqual({ screener: 'webhook', outcome: 'unavailable', reason: 'address not allowed' })
    expect(await ask(env as unknown as Env, [{ kind: 'webhook', config }], question)).toMatchObject([
      { outcome: 'fine' },
    ])
  })
})

const question: Question = {
  site: { id: 'blog', locale: 'en', url: 'https://blog.example' },
  comment: { id: crypto.randomUUID(), body: 'A thought.', postedAt: '2026-10-01T12:00:00.000Z' },
  author: { name: 'Mika', email: null, url: null },
  page: { url: null, title: '' },
}

describe('What a screener said last', () => {
  const noon = Date.UTC(2026, 9, 1, 12)
  const about = async () => {
    const { comment } = await posted()
    const row = await env.DB.prepare('SELECT site_id AS siteId, seq, revision FROM comments WHERE id = ?')
      .bind(comment.id)
      .first<{ siteId: string; seq: number; revision: number }>()
    if (!row) throw new Error('no comment')
    return row
  }
  let comment: Awaited<ReturnType<typeof about>>
  beforeEach(async () => {
    comment = await about()
  })
  const note = async (minutes: number, outcome: string, reason: string) =>
    store.note(
      env.DB,
      comment,
      await store.list(env.DB, 'blog'),
      [{ screener: 'openai', outcome, reason }],
      noon + minutes * 60_000,
    )
  const last = async () => (await list())[0]?.last

  it('is written when it begins or ceases to answer or fails otherwise, and else to the hour or minute', async () => {
    await json(put('openai', openai))
    await note(0, 'fine', 'not flagged')
    expect(await last()).toEqual({ at: '2026-10-01T12:00:00.000Z', answered: true, detail: 'not flagged' })
    await note(1, 'spam', 'spam')
    expect(await last()).toMatchObject({ at: '2026-10-01T12:00:00.000Z', detail: 'not flagged' })
    await note(2, 'unavailable', 'answered 500')
    expect(await last()).toEqual({ at: '2026-10-01T12:02:00.000Z', answered: false, detail: 'answered 500' })
    await note(2.5, 'unavailable', 'answered 500')
    expect(await last()).toMatchObject({ at: '2026-10-01T12:02:00.000Z' })
    await note(2.5, 'unavailable', 'answered 503')
    expect(await last()).toMatchObject({ at: '2026-10-01T12:02:30.000Z', detail: 'answered 503' })
    await note(3.5, 'unavailable', 'answered 503')
    expect(await last()).toMatchObject({ at: '2026-10-01T12:03:30.000Z', detail: 'answered 503' })
    await note(4, 'fine', 'not flagged')
    await note(63, 'fine', 'flagged')
    expect(await last()).toMatchObject({ at: '2026-10-01T12:04:00.000Z', detail: 'not flagged' })
    await note(64, 'spam', 'flagged')
    expect(await last()).toMatchObject({ at: '2026-10-01T13:04:00.000Z', detail: 'flagged' })
  })

  it('is forgotten when it is configured anew, whatever it still answers as it was', async () => {
    await json(put('openai', openai))
    const known = await store.list(env.DB, 'blog')
    await note(0, 'fine', 'not flagged')
    await json(put('openai', { ...openai, key: 'sk-other' }))
    expect(await last()).toBeNull()
    await store.note(env.DB, comment, known, [{ screener: 'openai', outcome: 'fine', reason: 'late' }], noon)
    expect(await last()).toBeNull()
  })

  it('is not noted of a text that was changed or taken back while it was asked', async () => {
    await json(put('openai', openai))
    await env.DB.prepare('UPDATE comments SET revision = revision + 1 WHERE seq = ?').bind(comment.seq).run()
    await note(0, 'fine', 'quotes the text before')
    expect(await last()).toBeNull()
    await env.DB.prepare('UPDATE comments SET revision = revision - 1, erased = 1 WHERE seq = ?')
      .bind(comment.seq)
      .run()
    await note(0, 'fine', 'quotes the text')
    expect(await last()).toBeNull()
  })
})
