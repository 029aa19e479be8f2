import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { AuditEntry } from '../../../worker/contract/auditLog.ts'
import type { ErrorBody } from '../../../worker/contract/errors.ts'
import type { Page } from '../../../worker/contract/page.ts'
import type { Session } from '../../../worker/contract/session.ts'
import type { Sightings } from '../../../worker/contract/sightings.ts'
import type { ListedSite } from '../../../worker/contract/site.ts'
import type { StaffThread } from '../../../worker/contract/staffThread.ts'
import { eventually } from '../jobs.ts'
import {
  addSite,
  approved,
  asOperator,
  call,
  comment,
  decided,
  json,
  pageOrigin,
  post,
  posted,
  queue,
  thread,
} from '../product.ts'
import { signedIn } from '../staffed.ts'
import { costOf } from '../trips.ts'

const day = 86_400_000

beforeEach(() => addSite())
afterEach(() => vi.useRealTimers())

const at = (time: number) => vi.useFakeTimers({ toFake: ['Date'], now: time })
const threadId = async () => (await queue('tab=all')).items[0]?.thread.id as number
const facts = async () => json<StaffThread>(asOperator('GET', `/v1/threads/${await threadId()}`))
const set = async (change: Record<string, unknown>) =>
  expect((await asOperator('PATCH', `/v1/threads/${await threadId()}`, change)).status).toBe(204)
const setSite = (settings: Record<string, unknown>) =>
  json(asOperator('PATCH', '/v1/sites/blog', { settings }))
const closed = async (query?: string) => (await thread(query)).thread.closed
const lines = async () => (await json<Page<AuditEntry>>(asOperator('GET', '/v1/audit-log'))).items

/** Does what a line of the log offers as its undo. */
async function undoLatest(act: string) {
  const line = (await lines()).find((one) => one.act === act)
  expect(line?.undo).toMatchObject({ state: 'open' })
  const request = line?.undo?.request
  const undone = await asOperator(request?.method ?? '', request?.path ?? '', request?.body)
  expect(undone.status).toBeLessThan(300)
  expect((await lines()).find(({ id }) => id === line?.id)?.undo?.state).not.toBe('open')
}

describe('A thread', () => {
  it('tells staff its page, its comments by status, its times and what is pinned', async () => {
    const { comment: first } = await approved({ body: 'The first of all' })
    await decided((await posted()).comment.id, 'spam')
    await posted({ body: 'Waits' })
    await asOperator('PUT', `/v1/comments/${first.id}/pin`)
    const told = await facts()
    expect(told).toMatchObject({
      ...{ site: { id: 'blog', name: 'Blog' }, key: '/post', url: `${pageOrigin}/post`, title: 'A post' },
      ...{ closed: null, closesAt: null, closeAfterDays: null, slowSeconds: 0, checked: false },
      counts: { pending: 1, approved: 1, rejected: 0, spam: 1, deleted: 0 },
      firstAt: first.createdAt,
      pinned: [{ id: first.id, author: 'Mika', excerpt: 'The first of all' }],
    })
    expect(Date.parse(told.lastAt ?? '')).toBeGreaterThanOrEqual(Date.parse(first.createdAt))
    expect((await asOperator('GET', '/v1/threads/999')).status).toBe(404)
  })

  it('closes so many days after its first comment, and readers who have it already are told', async () => {
    await approved()
    await setSite({ closeAfterDays: 10 })
    const end = Date.parse((await facts()).firstAt ?? '') + 10 * day
    expect(Math.abs(Date.parse((await facts()).closesAt ?? '') - end)).toBeLessThan(1_000)
    const path = '/v1/sites/blog/thread?key=/post'
    const etag = (await call('GET', path)).headers.get('etag') ?? ''
    const again = async (known: string) =>
      (await call('GET', path, { headers: { 'if-none-match': known } })).status
    expect(await again(etag)).toBe(304)

    at(end + 5_000)
    expect(Math.abs(Date.parse((await closed()) ?? '') - end)).toBeLessThan(1_000)
    expect(await again(etag)).toBe(200)
    const aged = (await call('GET', path)).headers.get('etag') ?? ''
    expect(await again(aged)).toBe(304)
    const { error } = await json<ErrorBody>(post(comment()), 403)
    expect(error.code).toBe('thread_closed')
    expect((await facts()).closed).toMatchObject({ by: 'age' })
  })

  it('has a time of its own where staff sets one, and none once staff reopens it', async () => {
    await approved()
    await setSite({ closeAfterDays: 10 })
    await set({ closeAfterDays: 20 })
    const start = Date.now()
    at(start + 15 * day)
    expect(await closed()).toBeNull()
    at(start + 25 * day)
    expect(await closed()).not.toBeNull()
    const id = await threadId()
    expect((await asOperator('DELETE', `/v1/threads/${id}/closure`)).status).toBe(204)
    expect(await closed()).toBeNull()
    expect(await facts()).toMatchObject({ closed: null, closeAfterDays: 0 })
    await json(post(comment()), 202)
  })

  it('of which readers see nothing stays open, as one that is not there', async () => {
    await decided((await posted()).comment.id, 'spam')
    await setSite({ closeAfterDays: 1 })
    at(Date.now() + 5 * day)
    expect(await thread()).toEqual({
      ...(await thread('key=/nowhere')),
      thread: { ...(await thread('key=/nowhere')).thread, key: '/post' },
    })
    await json(post(comment()), 202)
  })

  it('in slow mode lets each author and network write once in a while, and says how long', async () => {
    const address = { 'cf-connecting-ip': '203.0.113.9' }
    const { token } = await approved({}, { headers: address })
    await set({ slowSeconds: 300 })
    const start = Date.now()
    for (const by of [{ token }, { headers: address }]) {
      const answer = await post(comment(), by)
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(200)
      const { error } = await json<ErrorBody>(answer, 429)
      expect(error).toMatchObject({ code: 'slow_mode', limit: 300 })
      expect(error.message).toMatch(/once in 5 minutes\. Yours can be sent in [345] minutes\.$/)
    }
    await json(post(comment({ key: '/other', url: `${pageOrigin}/other` }), { token }), 202)
    await json(post(comment()), 202)
    at(start + 301_000)
    await json(post(comment(), { token }), 202)
  })

  it('in slow mode looks at no more than the latest hundred comments of a network', async () => {
    const headers = { 'cf-connecting-ip': '203.0.113.11' }
    await approved({}, { headers })
    await set({ slowSeconds: 300 })
    await setSite({ networkBudget: 1000 })
    await env.DB.prepare(
      `INSERT INTO comments (id, site_id, thread_id, author_id, author_public_id, page_url, page_title, name, body,
         content, body_hash, request_hash, created_at, elapsed_ms, trapped, address)
       WITH n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 400)
       SELECT 'crowd-' || n, site_id, thread_id, author_id, author_public_id, page_url, page_title, name, body, content,
         body_hash, request_hash, created_at - 900000000, elapsed_ms, trapped, address FROM comments, n`,
    ).run()
    at(Date.now() + 301_000)
    const { result, rowsRead } = await costOf(() => post(comment(), { headers }))
    expect(result.status).toBe(202)
    expect(rowsRead).toBeLessThan(700)
  })

  it('in slow mode takes one of many comments that come at the same time', async () => {
    await approved()
    await set({ slowSeconds: 60 })
    const headers = { 'cf-connecting-ip': '203.0.113.10' }
    const answers = await Promise.all([1, 2, 3, 4].map(() => post(comment(), { headers })))
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 429, 429, 429])
  })

  it('is set back from the log, unless somebody set it since', async () => {
    await approved()
    await set({ slowSeconds: 60, closeAfterDays: 5 })
    const [line] = await lines()
    expect(line).toMatchObject({
      act: 'thread.change',
      changes: [
        { field: 'slowSeconds', before: 0, after: 60 },
        { field: 'closeAfterDays', before: null, after: 5 },
      ],
    })
    await undoLatest('thread.change')
    expect(await facts()).toMatchObject({ slowSeconds: 0, closeAfterDays: null })
    for (const wrong of [{ slowSeconds: -1 }, { slowSeconds: 1e6 }, { closeAfterDays: 0.5 }, { name: 'x' }])
      expect((await asOperator('PATCH', `/v1/threads/${await threadId()}`, wrong)).status).toBe(400)
  })
})

describe('A site', () => {
  it('is listed with what it holds', async () => {
    await approved()
    await posted()
    await decided((await posted()).comment.id, 'spam')
    const { items } = await json<Page<ListedSite>>(asOperator('GET', '/v1/sites'))
    expect(items).toMatchObject([{ id: 'blog', counts: { all: 3, held: 1, flagged: 0, spam: 1 } }])
  })

  it('tells on which page it was seen, by one write a day, and who asks from elsewhere', async () => {
    // Who asked from elsewhere is in memory, which other files share: a site of its own.
    await addSite({ id: 'seen', name: 'Seen' })
    const read = (origin: string, key: string) => call('GET', `/v1/sites/seen/thread?key=${key}`, { origin })
    const seen = () => json<Sightings>(asOperator('GET', '/v1/sites/seen/sightings'))
    expect(await seen()).toEqual({ items: [], unregistered: null, next: null })
    await read('https://www.blog.example', '/a')
    expect(await seen()).toMatchObject({ items: [], unregistered: { origin: 'https://www.blog.example' } })
    await json(asOperator('PATCH', '/v1/sites/seen', { origins: [pageOrigin, 'https://www.blog.example'] }))
    await read(pageOrigin, '/a')
    await eventually(async () =>
      expect(await seen()).toMatchObject({
        items: [{ origin: pageOrigin, url: `${pageOrigin}/a` }],
        unregistered: null,
      }),
    )
    const { items } = await seen()
    await read(pageOrigin, '/b')
    expect((await seen()).items).toEqual(items)
    const now = Date.now()
    at(now + day + 60_000)
    await read(pageOrigin, '/c')
    await eventually(async () => expect((await seen()).items[0]?.url).toBe(`${pageOrigin}/c`))
  })

  it('that is archived is read as before, takes nothing, and is in no menu until it is brought back', async () => {
    await approved()
    const { ask } = await signedIn('Olga', 'owner', ['blog'])
    const path = '/v1/sites/blog/thread?key=/post'
    const etag = (await call('GET', path)).headers.get('etag') ?? ''
    expect((await ask('POST', '/v1/sites/blog/archive')).status).toBe(200)
    expect((await call('GET', path, { headers: { 'if-none-match': etag } })).status).toBe(200)
    expect((await thread()).items).toHaveLength(1)
    expect(await closed()).not.toBeNull()
    expect(await closed('key=/never')).not.toBeNull()
    for (const key of ['/post', '/never']) {
      const answer = post(comment({ key, url: pageOrigin + key }))
      expect((await json<ErrorBody>(answer, 403)).error.code).toBe('thread_closed')
    }
    expect((await facts()).closed).toMatchObject({ by: 'archive' })
    const reply = { id: crypto.randomUUID(), body: 'From the desk.' }
    const { id } = (await thread()).items[0] ?? {}
    const refused = await json<ErrorBody>(ask('POST', `/v1/comments/${id}/replies`, reply), 403)
    expect(refused.error).toMatchObject({
      code: 'thread_closed',
      message: expect.stringContaining('archived'),
    })
    expect((await thread()).items).toHaveLength(1)
    expect((await json<Session>(ask('GET', '/v1/session'))).sites).toMatchObject([
      { id: 'blog', archived: true },
    ])
    expect((await ask('POST', '/v1/sites/blog/archive')).status).toBe(200)
    expect((await lines()).filter(({ act }) => act === 'site.archive')).toHaveLength(1)
    await undoLatest('site.archive')
    expect(await closed()).toBeNull()
    await json(post(comment()), 202)
    await undoLatest('site.restore')
    expect(await closed()).not.toBeNull()
  })

  it('is added by owners of all sites, and removed by an owner of it', async () => {
    await addSite({ id: 'other', name: 'Other' })
    await posted({}, {}, 'blog')
    const { ask } = await signedIn('Olga', 'owner', ['blog'])
    const moderator = await signedIn('Mika', 'moderator', ['blog'])
    const added = { id: 'new', name: 'New', origins: ['https://new.example'] }
    expect((await ask('POST', '/v1/sites', added)).status).toBe(403)
    expect((await moderator.ask('DELETE', '/v1/sites/blog')).status).toBe(403)
    expect((await ask('DELETE', '/v1/sites/other')).status).toBe(404)
    for (let done = false; !done; )
      done = (await json<{ done: boolean }>(ask('DELETE', '/v1/sites/blog'))).done
    expect((await json<Page<ListedSite>>(ask('GET', '/v1/sites'))).items).toEqual([])
    const left = await env.DB.prepare('SELECT count(*) AS n FROM sightings').first<{ n: number }>()
    expect(left?.n).toBe(0)
    expect((await lines())[0]).toMatchObject({ act: 'site.remove', siteId: 'blog', details: {} })
  })
})
