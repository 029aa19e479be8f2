import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest'
import type { AuditEntry } from '../../../worker/contract/auditLog.ts'
import type { DeliveryItem, DeliveryStatus } from '../../../worker/contract/deliveries.ts'
import type { Endpoint, MadeEndpoint, RotatedSecret, TestResult } from '../../../worker/contract/endpoints.ts'
import type { ErrorBody } from '../../../worker/contract/errors.ts'
import type { Page } from '../../../worker/contract/page.ts'
import { waitingTypes } from '../../../worker/contract/told.ts'
import { sign } from '../../../worker/crypto.ts'
import type { Env } from '../../../worker/env.ts'
import { mostInMinute } from '../../../worker/notify/endpointMessage.ts'
import { makeToken } from '../access/furnished.ts'
import { deliver, fetchIn, losing, withBatch } from '../jobs.ts'
import { press } from '../linked.ts'
import { addSite, asOperator, call, decided, host, json, posted, screened } from '../product.ts'
import { type Ask, follow, invite, signedIn } from '../staffed.ts'

const minute = 60_000
const day = 24 * 60 * minute
let now: number

/** Distinguishes what a test sends from what others sent before. */
let mark = ''

beforeEach(async () => {
  now = Date.now()
  mark = crypto.randomUUID()
  vi.spyOn(Date, 'now').mockImplementation(() => now)
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  await addSite()
})
afterEach(() => {
  vi.restoreAllMocks()
})

const environment = { ...losing, PUBLIC_URL: 'https://desk.example' }

const all = [
  'comment.held',
  'comment.flagged',
  'comment.appealed',
  'comment.approved',
  'comment.rejected',
].concat(['comment.spam', 'comment.deleted', 'comment.restored', 'comment.edited', 'comment.undone'])

const outside = (behaviour: string) => `${inject('outside')}/${behaviour}/${mark}`

const add = (asked: Record<string, unknown> = {}) =>
  json<MadeEndpoint>(
    asOperator('POST', '/v1/webhooks', {
      ...{
        site: 'blog',
        kind: 'webhook',
        name: 'Hook',
        types: all,
        config: { url: outside('well') },
        ...asked,
      },
    }),
    201,
  )

const configs = (behaviour = 'well'): Record<string, Record<string, string>> => ({
  slack: { url: outside(behaviour) },
  discord: { url: outside(behaviour) },
  telegram: { token: '12:abc', chat: '-100', url: outside(behaviour) },
  line: { token: 'x', to: `U${'0'.repeat(32)}`, url: outside(behaviour) },
  matrix: { token: 'x', room: '!room:example.org', url: outside(behaviour) },
})

interface Heard {
  path: string
  headers: Record<string, string>
  body: string
}

/** What the endpoints of this test were sent, in turn. */
const heard = async () =>
  (await (await fetch(`${inject('outside')}/heard`)).json<Heard[]>()).filter(({ path }) =>
    path.includes(mark),
  )
const told = async () => (await heard()).map(({ body }) => JSON.parse(body))

interface Row {
  id: number
  turn: number
  next_at: number
  dead_at: number | null
}
const rows = async () => (await env.DB.prepare('SELECT * FROM outbox').all<Row>()).results

/** Delivers what is due, and what follows from it. */
async function work(within = environment) {
  for (let round = 0; round < 10; round++) {
    const due = (await rows()).filter(({ next_at, dead_at }) => dead_at === null && next_at <= now)
    if (due.length === 0) return
    const jobs = due.map(({ id, turn }) => ({ v: 1, site: 'blog', deliver: id, turn }))
    await deliver(jobs, { environment: within })
  }
}

const held = async (more: Record<string, unknown> = {}) => {
  const { comment, token } = await posted(more)
  await screened(comment.id)
  return { id: comment.id, token }
}

const listed = async (status: DeliveryStatus) =>
  (await json<{ items: DeliveryItem[] }>(asOperator('GET', `/v1/deliveries?site=blog&status=${status}`)))
    .items
const endpoint = async () =>
  (await json<{ items: Endpoint[] }>(asOperator('GET', '/v1/webhooks?site=blog'))).items[0] as Endpoint

describe('A webhook', () => {
  it('is told of each thing that happens, once, signed with its secret', async () => {
    const { secret } = await add()
    const { id } = await held({ body: 'My **thought**' })
    await work()
    const [{ headers, body }] = (await heard()) as [Heard]
    expect(JSON.parse(body)).toEqual({
      type: 'comment.held',
      timestamp: new Date(now).toISOString(),
      data: {
        site: { id: 'blog', name: 'Blog' },
        comment: {
          ...{ id, status: 'pending', revision: 1, author: { name: 'Mika' }, body: 'My **thought**' },
          page: { url: 'https://blog.example/post', title: 'A post' },
          createdAt: new Date(now).toISOString(),
        },
        findings: expect.any(Array),
      },
    })
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
    expect(headers['webhook-signature']).toBe(`v1,${await sign(secret as string, signed)}`)
    await work()
    expect(await heard()).toHaveLength(1)
    expect(await listed('delivered')).toMatchObject([
      { act: 'comment.held', recipient: 'Hook', commentId: id, attempts: 1, answer: 'answered 200' },
    ])
  })

  it('is told of decisions after the time in which they can be undone, and of none that was', async () => {
    await add()
    const [kept, undone, replaced] = [await held(), await held(), await held()]
    await work()
    await decided(kept.id, 'reject', { reason: 'off_topic' })
    const { decisionId } = await decided(undone.id, 'approve')
    await decided(replaced.id, 'spam')
    now += 5 * minute
    await json(asOperator('DELETE', `/v1/decisions/${decisionId}`))
    await decided(replaced.id, 'approve')
    await work()
    expect(await told()).toHaveLength(3)
    now += 10 * minute
    await work()
    expect((await told()).slice(3)).toMatchObject([
      {
        type: 'comment.rejected',
        data: { comment: { id: kept.id, status: 'rejected' }, reason: 'off_topic' },
      },
      { type: 'comment.approved', data: { comment: { id: replaced.id }, actor: { kind: 'operator' } } },
    ])
  })

  it('is told of a decision that an edit of the staff’s followed', async () => {
    await add({ types: ['comment.approved'] })
    const { id } = await held()
    await decided(id, 'approve')
    for (const revision of [1, 2]) {
      now += minute
      await json(asOperator('PATCH', `/v1/comments/${id}`, { revision, body: `Mended ${revision}` }))
    }
    now += 10 * minute
    await work()
    expect((await told()).map(({ type, data }) => [type, data.comment.body])).toEqual([
      ['comment.approved', 'Mended 2'],
    ])
  })

  it('is told of an undo of what it was told, of an appeal and of reports', async () => {
    await add({ types: ['comment.undone', 'comment.appealed', 'comment.flagged', 'comment.rejected'] })
    const [refused, shown] = [await held(), await held()]
    await decided(shown.id, 'approve')
    await decided(refused.id, 'reject')
    now += 10 * minute
    await work()
    const own = `/v1/sites/blog/comments/${refused.id}`
    expect(
      (await call('POST', `${own}/appeal`, { token: refused.token, body: { note: 'Why?' } })).status,
    ).toBeLessThan(300)
    for (const reason of ['spam', 'spam', 'abuse']) {
      const flags = `/v1/sites/blog/comments/${shown.id}/flags`
      expect((await call('POST', flags, { token: crypto.randomUUID(), body: { reason } })).status).toBe(204)
    }
    await work()
    expect(await told()).toMatchObject([
      { type: 'comment.rejected' },
      { type: 'comment.appealed', data: { comment: { id: refused.id } } },
      {
        type: 'comment.flagged',
        data: {
          comment: { id: shown.id },
          flags: [
            { reason: 'abuse', count: 1 },
            { reason: 'spam', count: 2 },
          ],
        },
      },
    ])
    const spam = await decided(shown.id, 'spam')
    now += 10 * minute
    await json(asOperator('DELETE', `/v1/decisions/${spam.decisionId}`))
    now += 10 * minute
    await work()
    expect((await told()).at(-1)).toMatchObject({
      ...{ type: 'comment.undone', data: { comment: { id: shown.id, status: 'approved' } } },
    })
  })

  it('is not told of what its author took back, nor of what it did not ask for', async () => {
    await add({ types: ['comment.held', 'comment.spam'] })
    const { id, token } = await held()
    await call('DELETE', `/v1/sites/blog/comments/${id}`, { token })
    const other = await held()
    await decided(other.id, 'approve')
    now += 10 * minute
    await work()
    expect(await told()).toEqual([])
    expect(await rows()).toEqual([])
  })

  it('is told by ids alone, at once, of what its author took back', async () => {
    await add({ types: ['comment.deleted'] })
    const { id, token } = await held({ body: 'Words to forget' })
    await decided(id, 'approve')
    await call('DELETE', `/v1/sites/blog/comments/${id}`, { token })
    await work()
    expect(await told()).toEqual([
      {
        ...{ type: 'comment.deleted', timestamp: new Date(now).toISOString() },
        data: { site: { id: 'blog' }, comment: { id, status: 'deleted' } },
      },
    ])
  })

  it.each(['huge', 'binary'])('that answers with something %s is told once', async (behaviour) => {
    await add({ config: { url: outside(behaviour) } })
    await held()
    await work()
    expect(await listed('delivered')).toMatchObject([{ attempts: 1, answer: 'answered 200' }])
    expect((await endpoint()).failing).toBe(null)
  })

  /** Asks while something else is written first. */
  const overtaken = (first: () => Promise<unknown>, method: string, path: string, body?: object) => {
    let isFirst = true
    const surroundings = withBatch(async (statements) => {
      if (isFirst) {
        isFirst = false
        await first()
      }
      return env.DB.batch(statements)
    })
    const headers = { authorization: `Bearer ${env.OPERATOR_KEY}`, 'content-type': 'application/json' }
    return fetchIn(surroundings, new Request(host + path, { method, headers, body: JSON.stringify(body) }))
  }

  it('keeps the secret and the failures that a change of its name did not know of', async () => {
    const { id, secret } = await add()
    let rotated: RotatedSecret | null = null
    const first = async () => {
      rotated = await json<RotatedSecret>(asOperator('POST', `/v1/webhooks/${id}/secret`))
      await env.DB.exec('UPDATE endpoints SET failing_since = 1, disabled_at = 1')
    }
    const answer = await overtaken(first, 'PATCH', `/v1/webhooks/${id}`, { name: 'Bot' })
    expect(await answer.json()).toMatchObject({ name: 'Bot', disabledAt: '1970-01-01T00:00:00.001Z' })
    expect(await env.DB.prepare('SELECT secret, former_secret AS former FROM endpoints').first()).toEqual({
      ...{ secret: (rotated as RotatedSecret | null)?.secret, former: secret },
    })
  })

  it('is given one secret by two who ask at once: the later hears of it', async () => {
    const { id } = await add()
    const path = `/v1/webhooks/${id}/secret`
    let rotated: RotatedSecret | null = null
    const first = async () => {
      rotated = await json<RotatedSecret>(asOperator('POST', path))
    }
    expect((await overtaken(first, 'POST', path)).status).toBe(409)
    expect(await env.DB.prepare('SELECT secret FROM endpoints').first('secret')).toBe(
      (rotated as RotatedSecret | null)?.secret,
    )
  })

  it('has two valid secrets for a day after it was given another', async () => {
    const { id, secret } = await add()
    const rotated = await json<RotatedSecret>(asOperator('POST', `/v1/webhooks/${id}/secret`))
    expect(rotated.secret).not.toBe(secret)
    await held()
    await work()
    now += day
    await held()
    await work()
    const [both, one] = (await heard()) as [Heard, Heard]
    const signatures = async ({ headers, body }: Heard, secrets: (string | undefined)[]) =>
      (
        await Promise.all(
          secrets.map(
            async (secret) =>
              `v1,${await sign(secret as string, `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`)}`,
          ),
        )
      ).join(' ')
    expect(both.headers['webhook-signature']).toBe(await signatures(both, [rotated.secret, secret]))
    expect(one.headers['webhook-signature']).toBe(await signatures(one, [rotated.secret]))
  })

  it('that fails is tried again as the same message, and can be sent again when it was given up', async () => {
    const { id } = await add({ config: { url: outside('status/503') } })
    await held()
    await work()
    const waiting = await listed('waiting')
    expect(waiting).toMatchObject([{ attempts: 1, answer: 'answered 503', recipient: 'Hook' }])
    expect(await endpoint()).toMatchObject({ failing: { answer: 'answered 503' }, disabledAt: null })
    await env.DB.exec('UPDATE outbox SET dead_at = 1')
    const [dead] = (await listed('dead')) as [DeliveryItem]
    await json(asOperator('PATCH', `/v1/webhooks/${id}`, { config: { url: outside('well') } }))
    const before = await rows()
    expect((await asOperator('POST', `/v1/deliveries/${dead.id}/retry`, {})).status).toBe(202)
    expect((await rows())[0]?.turn ?? 9).toBeGreaterThan(before[0]?.turn ?? 0)
    await work()
    await vi.waitFor(async () => expect(await listed('delivered')).toHaveLength(1))
    const [first, second] = (await heard()) as [Heard, Heard]
    expect(second.headers['webhook-id']).toBe(first.headers['webhook-id'])
    expect(second.body).toBe(first.body)
    expect((await endpoint()).failing).toBe(null)
    expect((await asOperator('POST', `/v1/deliveries/${dead.id}/retry`, {})).status).toBe(404)
  })

  it('waits as long as it is asked to, and is disabled after five days of nothing but failures', async () => {
    await add({ config: { url: outside('status/429/1200') } })
    await held()
    await work()
    expect((await rows())[0]?.next_at).toBe(now + 20 * minute)
    now += 5 * day + 1
    await work()
    expect(await endpoint()).toMatchObject({ disabledAt: new Date(now).toISOString() })
    await held()
    expect(await rows()).toHaveLength(1)
    now += day
    await work()
    expect(await listed('dead')).toMatchObject([{ answer: 'paused' }])
  })

  it('that says that it is gone is disabled at once, until it is resumed', async () => {
    const { id } = await add({ config: { url: outside('status/410') } })
    await held()
    await work()
    expect((await endpoint()).disabledAt).not.toBe(null)
    expect(await listed('dead')).toMatchObject([{ answer: 'answered 410' }])
    const resumed = await json<Endpoint>(asOperator('PATCH', `/v1/webhooks/${id}`, { paused: false }))
    expect(resumed).toMatchObject({ disabledAt: null, failing: null })
  })

  it('is changed, tested and removed by owners, which the log tells without its secrets', async () => {
    const { id, secret } = await add()
    await json(
      asOperator('PATCH', `/v1/webhooks/${id}`, { name: 'Bot', types: ['comment.spam'], paused: true }),
    )
    expect(await endpoint()).toMatchObject({ name: 'Bot', types: ['comment.spam'], paused: true })
    expect(await json<TestResult>(asOperator('POST', `/v1/webhooks/${id}/test`, {}))).toEqual({
      ...{ delivered: true, answer: 'answered 200' },
    })
    expect(await told()).toMatchObject([{ type: 'test', data: { site: { id: 'blog' } } }])
    await json(asOperator('PATCH', `/v1/webhooks/${id}`, { config: { url: outside('status/500') } }))
    expect(await json<TestResult>(asOperator('POST', `/v1/webhooks/${id}/test`, {}))).toEqual({
      ...{ delivered: false, answer: 'answered 500' },
    })
    expect((await asOperator('DELETE', `/v1/webhooks/${id}`)).status).toBe(204)
    const { items } = await json<{ items: AuditEntry[] }>(asOperator('GET', '/v1/audit-log'))
    expect(items.map(({ act }) => act).filter((act) => act.startsWith('webhook'))).toEqual([
      ...['webhook.remove', 'webhook.change', 'webhook.change', 'webhook.add'],
    ])
    expect(JSON.stringify(items)).not.toContain(secret)
    expect(JSON.stringify(items)).not.toContain(mark)
  })
})

/** What makes each service take the text as it is, and a repeat as one. */
const forms: Record<string, Record<string, unknown> & { path?: RegExp; headers?: object }> = {
  slack: { blocks: [{ text: { type: 'plain_text' } }, {}, { text: { type: 'plain_text' } }, {}, {}] },
  discord: {
    ...{ path: /\?with_components=true$/, content: expect.stringMatching(/^```\n[^`]*\n```$/) },
    ...{ allowed_mentions: { parse: [] }, flags: 4 },
    components: [{ type: 1, components: [{ type: 2, style: 5, label: 'Open the dashboard' }] }],
  },
  telegram: {
    ...{ path: /\/bot12:abc\/sendMessage$/, chat_id: '-100', link_preview_options: { is_disabled: true } },
    entities: [{ type: 'pre', offset: 0 }],
    reply_markup: { inline_keyboard: [[{ text: 'Open the dashboard' }]] },
  },
  line: {
    path: /\/v2\/bot\/message\/push$/,
    headers: { authorization: 'Bearer x', 'x-line-retry-key': expect.stringMatching(/^[\da-f-]{36}$/) },
  },
  matrix: {
    path: /\/rooms\/!room%3Aexample\.org\/send\/m\.room\.message\/msg_[\w-]{22}$/,
    headers: { authorization: 'Bearer x' },
    'm.mentions': {},
    formatted_body: expect.stringMatching(
      /^<pre><code>[^<]*<\/code><\/pre><p><a href="https:\/\/desk[^<]*<\/a><\/p>$/,
    ),
  },
}

describe('A chat', () => {
  const hostile = {
    author: { name: '<!channel> @everyone' },
    body: '**x** <b>y</b> ```z``` <!channel> @everyone https://evil.example/?a [a](javascript:alert(1)) t.me/evil `q`',
  }

  it.each(Object.keys(configs()))(
    '%s is told what waits, why and where, as text that does nothing',
    async (kind) => {
      await add({ kind, types: waitingTypes, config: configs()[kind] as object })
      const { id } = await held(hostile)
      await work()
      const [{ path, headers, body }] = (await heard()) as [Heard]
      expect(body).not.toMatch(/<!channel>|@everyone|https:\/\/evil|t\.me|javascript:a|```z/)
      expect(body).toContain(`https://desk.example/dashboard?comment=${id}`)
      expect(JSON.stringify(JSON.parse(body))).toContain('Blog: a comment waits for you')
      expect(body).toContain('A post')
      const { path: where = /./, headers: named = {}, ...sent } = forms[kind] ?? {}
      expect(path).toMatch(where)
      expect(headers).toMatchObject(named)
      expect(JSON.parse(body)).toMatchObject(sent)
      expect(await listed('delivered')).toMatchObject([{ attempts: 1, answer: 'answered 200' }])
    },
  )

  it.each(['telegram', 'discord'])(
    '%s gets a link in the text where it takes no button that leads to this host',
    async (kind) => {
      await add({ kind, types: waitingTypes, config: configs()[kind] as object })
      const { id } = await held()
      await work({ ...environment, PUBLIC_URL: 'http://localhost:8787' })
      const [{ body }] = (await heard()) as [Heard]
      expect(body).toContain(`http://localhost:8787/dashboard?comment=${id}`)
      expect(body).not.toMatch(/inline_keyboard|components/)
    },
  )

  it('speaks the language of its site', async () => {
    await json(asOperator('PATCH', '/v1/sites/blog', { locale: 'ja' }))
    await add({ kind: 'slack', types: waitingTypes, config: configs().slack as object })
    await held()
    await work()
    expect((await told())[0].text).toBe('Blog:コメントが判断を待っています')
  })

  it.each(Object.keys(configs()))('%s that refuses is given up at once, with what it says', async (kind) => {
    await add({ kind, types: waitingTypes, config: configs('status/400')[kind] as object })
    await held()
    await work()
    expect(await listed('dead')).toMatchObject([{ attempts: 1, answer: 'answered 400: chat not found' }])
  })

  it('is told in one message what comes beyond a few in a minute', async () => {
    await add({ kind: 'slack', types: waitingTypes, config: configs().slack as object })
    now = Math.ceil(now / minute) * minute
    for (let count = 0; count < mostInMinute + 5; count++) await held()
    await work()
    expect(await told()).toHaveLength(mostInMinute)
    now += minute
    await work()
    const messages = await told()
    expect(messages).toHaveLength(mostInMinute + 1)
    expect(messages.at(-1).text).toBe('Blog: 5 more comments need you')
    now += minute
    await work()
    expect(await told()).toHaveLength(mostInMinute + 1)
    expect(await rows()).toEqual([])
  })
})

describe('A private chat', () => {
  const place = (chat: string) => ({ token: '12:abc', chat, url: outside('well') })
  const mine = (ask: Ask, more: Record<string, unknown> = {}) =>
    ask('POST', '/v1/webhooks', {
      ...{ site: 'blog', kind: 'telegram', name: 'Me', types: waitingTypes, config: place('42') },
      ...{ mine: true, ...more },
    })
  const link = async () =>
    /https:\/\/desk\.example([^"]*)/.exec((await heard()).at(-1)?.body ?? '')?.[1] ?? ''
  const toDashboard = (id: string) => `/dashboard?comment=${id}`

  it('gets a link by which the one who says that it is theirs decides, and nobody else', async () => {
    const { ask, id: owner } = await signedIn('Olga', 'owner')
    expect(await json(mine(ask), 201)).toMatchObject({ decidesAs: owner })
    const { id } = await held()
    await work()
    expect(await link()).toMatch(/^\/m\//)
    expect((await press(await link(), { action: 'approve' })).status).toBe(303)
    const [decision] = (await json<{ items: AuditEntry[] }>(asOperator('GET', `/v1/audit-log?comment=${id}`)))
      .items
    expect(decision).toMatchObject({ act: 'comment.approve', actor: { name: 'Olga' } })
  })

  it.each([
    ['a group', { config: place('-100') }],
    ['a channel', { config: place('@channel') }],
    ['a room of another service', { kind: 'slack', config: { url: outside('well') } }],
    ['a group of LINE', { kind: 'line', config: { token: 'x', to: `C${'0'.repeat(32)}` } }],
  ])('is never %s: whoever is in it would decide', async (_, more) => {
    const { ask } = await signedIn('Olga', 'owner')
    expect((await json<ErrorBody>(mine(ask, more), 400)).error).toMatchObject({
      code: 'invalid',
      field: 'mine',
    })
  })

  it('is no script’s', async () => {
    expect((await mine(asOperator)).status).toBe(404)
    const { id } = await add({ kind: 'telegram', types: waitingTypes, config: place('42') })
    expect((await asOperator('PATCH', `/v1/webhooks/${id}`, { mine: true })).status).toBe(404)
  })

  it('is theirs no more once it is elsewhere, or they say so: then its links ask to sign in', async () => {
    const { ask, id: owner } = await signedIn('Olga', 'owner')
    const { id } = await json<MadeEndpoint>(mine(ask), 201)
    const patch = (body: unknown, by: Ask = ask) => json<Endpoint>(by('PATCH', `/v1/webhooks/${id}`, body))
    const { ask: another } = await signedIn('Ben', 'owner')
    expect(await patch({ name: 'Olga’s' }, another)).toMatchObject({ decidesAs: owner })
    expect(await patch({ config: place('43') }, another)).toMatchObject({ decidesAs: null })
    const first = await held()
    await work()
    expect(await link()).toBe(toDashboard(first.id))
    expect(await patch({ mine: true })).toMatchObject({ decidesAs: owner })
    expect(await patch({ mine: false })).toMatchObject({ decidesAs: null })
  })

  it('of somebody who left is nobody’s, and gets links that ask to sign in', async () => {
    const { ask, id: owner } = await signedIn('Olga', 'owner')
    await signedIn('Ben', 'owner')
    await json(mine(ask), 201)
    const listed = async () =>
      (await json<Page<Endpoint>>(asOperator('GET', '/v1/webhooks?site=blog'))).items.map(
        (one) => one.decidesAs,
      )
    expect(await listed()).toEqual([owner])
    expect((await asOperator('DELETE', `/v1/staff/${owner}`)).status).toBe(204)
    expect(await listed()).toEqual([null])
    const { id } = await held()
    await work()
    expect(await link()).toBe(toDashboard(id))
  })

  it('of somebody who lost the site gets links that ask to sign in', async () => {
    const { ask, id: owner } = await signedIn('Olga', 'owner', ['blog'])
    await json(mine(ask), 201)
    await addSite({ id: 'other', name: 'Other', origins: ['https://other.example'] })
    await json(asOperator('PATCH', `/v1/staff/${owner}`, { sites: ['other'] }))
    const { items } = await json<Page<Endpoint>>(asOperator('GET', '/v1/webhooks?site=blog'))
    expect(items).toMatchObject([{ decidesAs: null }])
    const { id } = await held()
    await work()
    expect(await link()).toBe(toDashboard(id))
  })
})

describe('Through failures and kills at random', () => {
  it('each of 500 things reaches a webhook under one name, and leaves one line', async () => {
    await add({ config: { url: outside('flaky') } })
    await held()
    const [row] = await rows()
    await env.DB.exec('UPDATE endpoints SET types = \'["comment.held"]\'')
    await env.DB.prepare(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
       INSERT INTO outbox (destination, subject, site_id, created_at, next_at, act, details)
       SELECT destination, subject || ' ' || i, site_id, created_at, next_at, act, details FROM n, outbox WHERE id = ?`,
    )
      .bind(row?.id)
      .run()
    await env.DB.prepare('DELETE FROM outbox WHERE id = ?').bind(row?.id).run()
    // Every eighth transaction is lost, before or after it is written; a few workers are lost with what they took.
    let count = 0
    const mortal = withBatch(async (statements) => {
      const fate = count++ % 16
      if (fate === 5) throw new Error('killed before')
      const results = await env.DB.batch(statements)
      if (fate === 13) throw new Error('killed after')
      return results
    }, environment)
    vi.spyOn(console, 'error').mockImplementation(() => {})
    for (let round = 0; round < 40 && (await rows()).some(({ dead_at }) => dead_at === null); round++) {
      const due = (await rows()).filter(({ next_at, dead_at }) => dead_at === null && next_at <= now)
      for (let at = 0; at < due.length; at += 50) {
        const jobs = due.slice(at, at + 50).map(({ id, turn }) => ({ v: 1, site: 'blog', deliver: id, turn }))
        await deliver(jobs, { environment: mortal })
      }
      now += 7 * minute
    }
    expect(await rows()).toEqual([])
    const arrived = (await heard()).map(({ headers }) => headers['webhook-id'])
    expect(arrived.length).toBeGreaterThan(550)
    expect(new Set(arrived).size).toBe(500)
    const lines = await env.DB.prepare('SELECT count(*) AS count FROM deliveries').first<{ count: number }>()
    expect(lines?.count).toBe(500)
  }, 120_000)
})

describe('What is asked for', () => {
  it.each([
    [{ kind: 'pigeon' }, 'kind', 'invalid'],
    [{ types: [] }, 'types', 'missing'],
    [{ types: ['comment.born'] }, 'types.0', 'invalid'],
    [{ kind: 'slack', types: ['comment.spam'] }, 'types', 'invalid'],
    [{ config: { url: 'ftp://x.example' } }, 'url', 'invalid'],
    [{ config: { url: 'http://169.254.169.254/latest' } }, 'url', 'invalid'],
    [{ config: { url: 'https://x.example', secret: 'mine' } }, 'secret', 'unknown_field'],
    [{ kind: 'telegram', types: ['comment.held'], config: { token: '../x', chat: '1' } }, 'token', 'invalid'],
    [
      { kind: 'matrix', types: ['comment.held'], config: { token: 'x', url: 'https://x.example' } },
      'room',
      'missing',
    ],
    [{ site: 'none' }, 'site', 'unknown_site'],
  ])('%j is refused', async (asked, field, code) => {
    const answer = await asOperator('POST', '/v1/webhooks', {
      ...{
        site: 'blog',
        kind: 'webhook',
        name: 'Hook',
        types: all,
        config: { url: outside('well') },
        ...asked,
      },
    })
    expect((await answer.json<{ error: unknown }>()).error).toMatchObject({ field, code })
    expect(await endpoint()).toBe(undefined)
  })
})

describe('A mail that was written into a file', () => {
  const eml =
    'From: Blog <comments@blog.example>\nTo: mika@example.org\nSubject: Hello\nContent-Type: text/html\n\n<p>Hi</p>' +
    ['m/address/abcdef.1', 's/abcdef.1', 'dashboard#sign-in=abcdef1']
      .map((path) => `<a href="https://x/${path}">`)
      .join('')
  const folder = {
    ...losing,
    MAIL_FOLDER: {
      fetch: async (url: string) =>
        url === 'http://mail/known.1.eml' ? new Response(eml) : new Response(null, { status: 404 }),
    },
  } as unknown as Env
  const read = (path: string, by: HeadersInit, surroundings: Env = folder) =>
    fetchIn(surroundings, new Request(`${host}/v1/outbox/mails/${path}`, { headers: by }))
  const person = async (sites: '*' | string[]) => {
    const { link } = await invite({ name: `Olga ${crypto.randomUUID()}`, role: 'owner', sites })
    return { cookie: (await follow(link)).headers.get('set-cookie')?.split(';')[0] ?? '' }
  }

  it('is shown to people whose are all sites, in a frame that does nothing', async () => {
    const owner = await person('*')
    const mail = await read('known.1', owner, { ...folder, SERVED_AT: host })
    expect(await mail.json()).toMatchObject({
      ...{ subject: 'Hello', from: 'comments@blog.example', to: 'mika@example.org' },
    })
    const html = await read('known.1/html', owner, { ...folder, SERVED_AT: host })
    expect(await html.text()).toMatch(/<p>Hi<\/p>.*s\/abcdef\.1/)
    expect(html.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/)
    const { token } = await makeToken({ scope: 'own' })
    for (const [path, who, where] of [
      ['known.1', { authorization: `Bearer ${token}` }, folder],
      ['known.1', { authorization: `Bearer ${env.OPERATOR_KEY}` }, folder],
      ['known.1', await person(['blog']), folder],
      ['other', owner, folder],
      ['..%2Fknown.1', owner, folder],
      ['known.1', owner, losing],
    ] as const)
      expect((await read(path, who, where)).status).toBe(404)
  })

  it('opens nothing and names nobody where others can reach the instance', async () => {
    const owner = await person('*')
    const open = { ...folder, SERVED_AT: '' } as Env
    expect(await (await read('known.1', owner, open)).json()).toMatchObject({ to: 'm…@example.org' })
    const html = await (await read('known.1/html', owner, open)).text()
    expect(html).not.toContain('abcdef')
    for (const path of ['/m/address/…', '/s/…', '#sign-in=…']) expect(html).toContain(path)
  })
})
