import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { BulkAct, BulkComment, BulkPreview } from '../../../worker/contract/bulkActs.ts'
import type { Page } from '../../../worker/contract/page.ts'
import type { QueuePage } from '../../../worker/contract/queue.ts'
import type { FoundCounts } from '../../../worker/contract/queueFilter.ts'
import type { MadeToken } from '../../../worker/contract/tokens.ts'
import type { Env } from '../../../worker/env.ts'
import { deliver, fetchIn, losing } from '../jobs.ts'
import { addSite, host, json, posted } from '../product.ts'

const operator = `Bearer ${env.OPERATOR_KEY}`
const without = { ...losing, SEARCH: undefined } as unknown as Env

/** Comments of two sites, 130 of them about cats, in two languages and of two authors. */
beforeEach(async () => {
  await addSite()
  await addSite({ id: 'news', name: 'News' })
  await env.DB.batch(
    [
      `INSERT INTO threads (id, site_id, key, url, title, count, created_at)
       VALUES (1, 'blog', '/a', 'https://blog.example/a', 'A', 0, 1), (2, 'news', '/a', 'https://blog.example/a', 'A', 0, 1)`,
      `INSERT INTO authors (id, public_id, site_id, token_hash, created_at)
       VALUES (1, 'a', 'blog', 't', 1), (2, 'b', 'news', 'u', 1)`,
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 150)
       INSERT INTO comments (seq, id, site_id, thread_id, author_id, author_public_id, name, email, body, content,
         body_hash, request_hash, created_at, elapsed_ms, status, verdict)
       SELECT i, printf('00000000-0000-4000-8000-%012d', i), iif(i % 5 = 0, 'news', 'blog'), iif(i % 5 = 0, 2, 1),
         iif(i % 5 = 0, 2, 1), iif(i % 5 = 0, 'b', 'a'), iif(i % 5 = 0, 'Bob', 'Ann Lee'),
         iif(i = 3, 'secret@mail.example', NULL),
         CASE WHEN i > 130 THEN '窓辺の猫がかわいい。' WHEN i % 3 = 0 THEN 'One kitten and a dog' ELSE 'One kitten' END,
         '["x"]', i, '', 86400000 * (1 + i / 40) + i / 3, 9000, 'pending', 'hold' FROM n`,
      "UPDATE tallies SET held = iif(site_id = 'news', 30, 120), total = iif(site_id = 'news', 30, 120)",
    ].map((text) => env.DB.prepare(text)),
  )
})

const ask = async <Data>(
  method: string,
  path: string,
  { body, status = 200, as = operator, inside = losing }: Partial<Asked> = {},
) => {
  const headers = { authorization: as }
  const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) }
  return json<Data>(fetchIn(inside, new Request(host + path, init)), status)
}
interface Asked {
  body: unknown
  status: number
  as: string
  inside: Env
}

/** All that the list has by a query, page after page. */
async function listed(query: string, inside = losing): Promise<string[]> {
  const ids: string[] = []
  for (let next: string | null = ''; next !== null; ) {
    const page: QueuePage = await ask('GET', `/v1/queue?${query}&limit=60${next && `&cursor=${next}`}`, {
      inside,
    })
    ids.push(...page.items.map(({ id }) => id))
    next = page.next
  }
  return ids.sort()
}

const start = (filter: object, more: Partial<Asked> = {}) =>
  ask<BulkAct>('POST', '/v1/bulk-acts', {
    ...{ body: { id: crypto.randomUUID(), filter, action: 'spam' }, status: 202, ...more },
  })

/** Works an act or its undo off. */
async function worked(id: string, inside = losing): Promise<BulkAct> {
  for (let jobs = 0; jobs < 20; jobs++) {
    const act = await ask<BulkAct>('GET', `/v1/bulk-acts/${id}`)
    if (act.state !== 'working' && act.state !== 'undoing') return act
    await deliver([{ v: 1, bulk: id }], { environment: inside })
  }
  throw new Error('It does not end.')
}

async function touched(id: string): Promise<string[]> {
  const ids: string[] = []
  for (let next: string | null = ''; next !== null; ) {
    const page: Page<BulkComment> = await ask(
      'GET',
      `/v1/bulk-acts/${id}/comments${next && `?cursor=${next}`}`,
    )
    ids.push(...page.items.map(({ commentId }) => commentId))
    next = page.next
  }
  return ids.sort()
}

describe('An act on all that a search finds', () => {
  it.each([
    ['by the full-text index', losing, 150],
    ['without one', without, 150],
  ])('touches those that the list shows, and no others, %s', async (_, inside) => {
    for (const [q, count] of [
      ['kitten', 130],
      ['kitten -dog', 87],
      ['猫', 20],
      ['author:ann lang:ja status:pending', 16],
      ['site:news -kitten', 4],
      ['before:1970-01-03 dog', 13],
    ] as const) {
      const query = `tab=all&q=${encodeURIComponent(q)}`
      const ids = await listed(query, inside)
      expect(ids, q).toHaveLength(count)
      const preview = await ask<BulkPreview>('GET', `/v1/bulk-acts/preview?${query}`, { inside })
      expect(preview, q).toMatchObject({ matching: count, more: false })
      const { id, matching } = await start({ tab: 'all', q }, { inside })
      expect(matching).toBe(count)
      expect(await worked(id, inside), q).toMatchObject({ state: 'done', decided: count, left: 0 })
      expect(await touched(id), q).toEqual(ids)
      await ask('DELETE', `/v1/bulk-acts/${id}`, { status: 202, inside })
      expect((await worked(id, inside)).restored).toBe(count)
    }
  })

  it('leaves comments that came after it began, and finds those of a moment before', async () => {
    await deliver([{ v: 1, index: true }], { environment: losing })
    for (let at = 0; at < 3; at++) await posted({ body: `Late kitten ${at}` })
    const { id } = await start({ tab: 'held', q: 'late kitten' })
    const { comment } = await posted({ body: 'Late kitten, too late' })
    expect(await worked(id)).toMatchObject({ matching: 3, decided: 3 })
    expect(await touched(id)).not.toContain(comment.id)
  })

  it('is found as it is at once when it ends, and so is its undo', async () => {
    for (let jobs = 0; jobs < 5; jobs++) await deliver([{ v: 1, index: true }], { environment: losing })
    const search = async (tab: string) => {
      const query = `tab=${tab}&q=kitten&limit=1`
      const { search } = await ask<QueuePage>('GET', `/v1/queue?${query}`)
      const { counts } = await ask<FoundCounts>('GET', '/v1/queue/counts?q=kitten')
      return { index: search?.index, found: (await listed(`tab=${tab}&q=kitten`)).length, counts }
    }
    const { id } = await start({ tab: 'held', site: 'blog' })
    await worked(id)
    expect(await search('spam')).toMatchObject({ index: 'ready', found: 104, counts: { held: 26 } })
    await ask('DELETE', `/v1/bulk-acts/${id}`, { status: 202 })
    await worked(id)
    expect(await search('spam')).toMatchObject({ index: 'ready', found: 0, counts: { spam: 0 } })
  })

  it('says that the index is behind where more changed than is looked at besides', async () => {
    for (let jobs = 0; jobs < 5; jobs++) await deliver([{ v: 1, index: true }], { environment: losing })
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60)
       INSERT INTO events (at, actor_kind, actor_id, actor_name, act, details) SELECT i, 'operator', '', '', 'x.y', '{}' FROM n`,
    ).run()
    const state = async () => (await ask<QueuePage>('GET', '/v1/queue?tab=all&q=kitten')).search?.index
    expect(await state()).toBe('behind')
    expect((await ask<FoundCounts>('GET', '/v1/queue/counts?q=kitten')).counts).toBe(null)
    await deliver([{ v: 1, index: true }], { environment: losing })
    expect(await state()).toBe('ready')
  })

  it('says what of a search it does not understand', async () => {
    for (const [method, path, body, field] of [
      ['GET', '/v1/bulk-acts/preview?q=auther:ann', undefined, 'q'],
      [
        ...(['POST', '/v1/bulk-acts'] as const),
        ...[{ id: crypto.randomUUID(), filter: { q: 'auther:ann' }, action: 'spam' }, 'filter.q'],
      ],
    ] as const)
      expect(await ask(method as string, path as string, { body, status: 400 })).toMatchObject({
        error: { code: 'invalid', field, message: expect.stringContaining('There is no "auther:"') },
      })
  })

  it('neither tells nor touches what is of another site or found by e-mail alone, for a moderator', async () => {
    const body = { name: 'x', scope: 'moderate', site: 'blog' }
    const { token } = await ask<MadeToken>('POST', '/v1/tokens', { body, status: 201 })
    const as = `Bearer ${token}`
    for (const [q, count] of [
      ['kitten', 104],
      ['site:news', 0],
      ['secret@mail', 0],
    ] as const) {
      const path = `/v1/bulk-acts/preview?tab=all&q=${encodeURIComponent(q)}`
      expect((await ask<BulkPreview>('GET', path, { as })).matching, q).toBe(count)
      const { id } = await start({ tab: 'all', q }, { as })
      expect((await worked(id)).decided, q).toBe(count)
    }
    const byMail = '/v1/bulk-acts/preview?tab=all&q=secret@mail'
    expect((await ask<BulkPreview>('GET', byMail)).matching).toBe(1)
  })
})
