import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { AuditEntry } from '../../../worker/contract/auditLog.ts'
import type { ListedBan } from '../../../worker/contract/bans.ts'
import type { BulkAct, BulkComment, BulkPreview } from '../../../worker/contract/bulkActs.ts'
import type { Page } from '../../../worker/contract/page.ts'
import type { MadeToken } from '../../../worker/contract/tokens.ts'
import { deliver, fetchIn, losing, sweepAt } from '../jobs.ts'
import { addSite, decided, host, json, queue } from '../product.ts'
import { costOf } from '../trips.ts'

const many = 230
const author = 'abcdef0123456789'
const operator = `Bearer ${env.OPERATOR_KEY}`

const idOf = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

/** Held comments of one author, the first three of them published; and one of somebody else. */
beforeEach(async () => {
  await addSite()
  await env.DB.batch(
    [
      `INSERT INTO threads (id, site_id, key, url, title, count, created_at)
       VALUES (1, 'blog', '/flood', 'https://blog.example/flood', 'Flooded', 3, 1)`,
      `INSERT INTO authors (id, public_id, site_id, token_hash, created_at)
       VALUES (1, '${author}', 'blog', 't', 1), (2, 'b', 'blog', 'u', 1)`,
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i <= ${many})
       INSERT INTO comments (seq, id, site_id, thread_id, author_id, author_public_id, name, body, content, body_hash,
         request_hash, created_at, elapsed_ms, status, shown_revision, verdict)
       SELECT i, printf('00000000-0000-4000-8000-%012d', i), 'blog', 1, iif(i > ${many}, 2, 1),
         iif(i > ${many}, 'b', '${author}'), 'Reader', 'Flood ' || i, '["x"]', i, '', 1000 + i / 3, 9000,
         iif(i < 4, 'approved', 'pending'), iif(i < 4, 1, NULL), 'hold' FROM n`,
      `UPDATE tallies SET held = ${many - 2}, total = ${many + 1}`,
    ].map((text) => env.DB.prepare(text)),
  )
})

const ask = <Data>(method: string, path: string, body?: unknown, status = 200, as = operator) =>
  json<Data>(
    fetchIn(
      losing,
      new Request(host + path, {
        method,
        headers: { authorization: as },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    ),
    status,
  )
const start = (more: object = {}) =>
  ask<BulkAct>(
    'POST',
    '/v1/bulk-acts',
    { id: crypto.randomUUID(), filter: { tab: 'all', site: 'blog', author }, action: 'spam', ...more },
    202,
  )
const read = (id: string) => ask<BulkAct>('GET', `/v1/bulk-acts/${id}`)
const job = (bulk: string) => deliver([{ v: 1, bulk, site: 'blog' }], { environment: losing })
const counts = async () => (await queue('site=blog')).counts

/** Works an act off, as its jobs do. */
async function worked(id: string): Promise<BulkAct> {
  for (let jobs = 0; jobs < 20; jobs++) {
    const act = await read(id)
    if (act.state !== 'working' && act.state !== 'undoing') return act
    await job(id)
  }
  throw new Error('It does not end.')
}

describe('An act on all that match', () => {
  it('tells beforehand what it would touch', async () => {
    const preview = await ask<BulkPreview>('GET', `/v1/bulk-acts/preview?tab=all&site=blog&author=${author}`)
    expect(preview).toMatchObject({
      ...{ matching: many, more: false, statuses: { pending: many - 3, approved: 3, spam: 0 } },
      pages: [{ threadId: 1, title: 'Flooded', count: many }],
    })
    expect(preview.sample).toHaveLength(5)
    const held = await ask<BulkPreview>('GET', '/v1/bulk-acts/preview?tab=held&site=blog&q=%22flood+11%22')
    expect(held.matching).toBe(11)
  })

  it('decides them in slices, leaves all others, and is undone as one', async () => {
    const before = await counts()
    const { id, matching } = await start({ reason: 'advertising' })
    expect(matching).toBe(many)
    await job(id)
    expect(await read(id)).toMatchObject({ state: 'working', decided: 100, matching: many })
    expect(await worked(id)).toMatchObject({ state: 'done', decided: many, left: 0 })
    expect(await counts()).toEqual({ ...before, held: 1, spam: many })
    expect((await queue(`tab=all&ids=${idOf(many + 1)}`)).items[0]?.status).toBe('pending')

    expect((await ask<BulkAct>('DELETE', `/v1/bulk-acts/${id}`, undefined, 202)).state).toBe('undoing')
    expect(await worked(id)).toMatchObject({ state: 'undone', restored: many })
    expect(await counts()).toEqual(before)
    expect((await queue(`tab=all&ids=${idOf(1)}`)).items[0]).toMatchObject({
      ...{ status: 'approved', decision: null },
    })
    await ask('DELETE', `/v1/bulk-acts/${id}`, undefined, 409)
  })

  it('bans with it and lifts the ban with its undo, as one line of the log', async () => {
    const bans = async () => (await ask<Page<ListedBan>>('GET', '/v1/bans')).items
    const { id, ban } = await start({
      ban: { siteId: 'blog', kind: 'author', value: author, reason: 'Flood' },
    })
    expect(ban).toMatchObject({ value: author, reason: 'Flood' })
    await worked(id)
    expect(await bans()).toHaveLength(1)
    await ask('DELETE', `/v1/bulk-acts/${id}`, undefined, 202)
    await worked(id)
    expect(await bans()).toEqual([])
    const { items } = await ask<Page<AuditEntry>>('GET', '/v1/audit-log')
    expect(items.map(({ act }) => act)).toEqual(['bulk.undo', 'bulk.start', 'site.add'])
    expect(items[1]).toMatchObject({
      siteId: 'blog',
      details: { action: 'spam', count: many, kind: 'author' },
      author: { id: author, name: 'Reader' },
    })
  })

  it('leaves what somebody decided meanwhile, and its undo what was decided since', async () => {
    const { id } = await start()
    await decided(idOf(150), 'approve', { status: 'pending' })
    expect(await worked(id)).toMatchObject({ decided: many - 1, left: 1 })
    await decided(idOf(20), 'approve', { status: 'spam' })
    await ask('DELETE', `/v1/bulk-acts/${id}`, undefined, 202)
    expect(await worked(id)).toMatchObject({ restored: many - 2 })
    const { items } = await queue(`tab=all&ids=${idOf(150)},${idOf(20)},${idOf(21)}`)
    expect(items.map(({ status }) => status).sort()).toEqual(['approved', 'approved', 'pending'])
  })

  it('touches none that came after it began', async () => {
    const { id } = await start({ filter: { tab: 'held', site: 'blog' } })
    await env.DB.prepare('UPDATE comments SET seq = 100000 WHERE seq = ?').bind(many).run()
    expect(await worked(id)).toMatchObject({ decided: many - 3 })
  })

  it('can be stopped and goes on where it was; a job that comes twice does nothing', async () => {
    const { id } = await start()
    await job(id)
    await ask('PATCH', `/v1/bulk-acts/${id}`, { state: 'stopped' })
    await job(id)
    expect(await read(id)).toMatchObject({ state: 'stopped', decided: 100 })
    await ask('PATCH', `/v1/bulk-acts/${id}`, { state: 'working' })
    await Promise.all([job(id), job(id)])
    expect((await worked(id)).decided).toBe(many)
  })

  it('goes on by the sweep where its job is lost, and begins once where it is asked for twice', async () => {
    const id = crypto.randomUUID()
    await start({ id })
    await start({ id })
    const sent: unknown[] = []
    const send = async (body: object) => 'index' in body || sent.push(body)
    const SCREENING = { send, sendBatch: async () => {} }
    await sweepAt(Date.now() + 90_000, { ...losing, SCREENING } as unknown as typeof losing)
    expect(sent).toContainEqual({ v: 1, bulk: id, site: 'blog' })
    expect(sent).toHaveLength(1)
  })

  it('begins once where the same request comes twice at once, with one ban and one line of the log', async () => {
    const asked = { id: crypto.randomUUID(), ban: { siteId: 'blog', kind: 'author', value: author } }
    const [one, other] = await Promise.all([start(asked), start(asked)])
    expect(other.ban?.id).toBe(one.ban?.id)
    expect((await env.DB.prepare('SELECT id FROM bans').all()).results).toEqual([{ id: one.ban?.id }])
    const { items } = await ask<Page<AuditEntry>>('GET', '/v1/audit-log?act=bulk.start')
    expect(items).toHaveLength(1)
  })

  it('keeps nothing of what was searched for once it has found it', async () => {
    const { id } = await start({ filter: { tab: 'all', site: 'blog', q: '"flood 11"' } })
    await worked(id)
    const kept = JSON.stringify((await env.DB.prepare('SELECT * FROM bulk_acts').all()).results)
    expect(kept).toContain(id)
    expect(kept).not.toContain('flood 11')
  })

  it('opens: it tells what it did to each', async () => {
    const { id } = await start()
    await worked(id)
    const seen: string[] = []
    for (let next: string | null = ''; next !== null; ) {
      const page: Page<BulkComment> = await ask(
        'GET',
        `/v1/bulk-acts/${id}/comments${next && `?cursor=${next}`}`,
      )
      seen.push(...page.items.map(({ commentId }) => commentId))
      expect(page.items[0]).toMatchObject({ author: 'Reader', stands: true, siteId: 'blog' })
      next = page.next
    }
    expect(new Set(seen).size).toBe(many)
  })

  it('takes three round trips a slice, one to ask the learner and one to have it indexed', async () => {
    const { id } = await start()
    await job(id)
    const { trips, rowsRead } = await costOf(() => job(id))
    expect(trips).toBeLessThanOrEqual(5)
    expect(rowsRead).toBeLessThanOrEqual(100 * 40)
  })
})

describe('Staff of another site', () => {
  it('neither see nor change an act, and touch none of its comments', async () => {
    await addSite({ id: 'news', name: 'News', origins: ['https://news.example'] })
    const { token } = await ask<MadeToken>(
      'POST',
      '/v1/tokens',
      { name: 'x', scope: 'moderate', site: 'news' },
      201,
    )
    const as = `Bearer ${token}`
    const { id } = await start()
    for (const [method, path, body] of [
      ['GET', `/v1/bulk-acts/${id}`],
      ['GET', `/v1/bulk-acts/${id}/comments`],
      ['PATCH', `/v1/bulk-acts/${id}`, { state: 'stopped' }],
      ['DELETE', `/v1/bulk-acts/${id}`],
      ['GET', '/v1/bulk-acts/preview?site=blog'],
      ['POST', '/v1/bulk-acts', { id: crypto.randomUUID(), filter: { site: 'blog' }, action: 'spam' }],
    ] as const)
      await ask(method, path, body, 404, as)
    expect((await ask<Page<BulkAct>>('GET', '/v1/bulk-acts', undefined, 200, as)).items).toEqual([])
    const filter = { tab: 'all', author }
    const own = await ask<BulkAct>(
      'POST',
      '/v1/bulk-acts',
      { id: crypto.randomUUID(), filter, action: 'approve' },
      202,
      as,
    )
    await deliver([{ v: 1, bulk: own.id }], { environment: losing })
    expect(await ask<BulkAct>('GET', `/v1/bulk-acts/${own.id}`, undefined, 200, as)).toMatchObject({
      ...{ matching: 0, decided: 0, state: 'done' },
    })
    const ban = { siteId: 'blog', kind: 'author', value: author }
    const both = { id: crypto.randomUUID(), filter: { site: 'news' }, action: 'spam', ban }
    await ask('POST', '/v1/bulk-acts', both, 404, as)
  })

  it('have their act stopped once they are gone', async () => {
    const { id: token, token: secret } = await ask<MadeToken>(
      'POST',
      '/v1/tokens',
      { name: 'x', scope: 'moderate', site: 'blog' },
      201,
    )
    const asked = { id: crypto.randomUUID(), filter: { tab: 'held', site: 'blog' }, action: 'spam' }
    await ask('POST', '/v1/bulk-acts', asked, 202, `Bearer ${secret}`)
    await job(asked.id)
    await fetchIn(
      losing,
      new Request(`${host}/v1/tokens/${token}`, { method: 'DELETE', headers: { authorization: operator } }),
    )
    await job(asked.id)
    expect(await read(asked.id)).toMatchObject({ state: 'stopped', decided: 100 })
    const [ended] = (await ask<Page<AuditEntry>>('GET', '/v1/audit-log?act=bulk.stop')).items
    expect(ended?.details).toMatchObject({ because: 'not_allowed' })
  })
})
