import { createExecutionContext, createMessageBatch, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { ThreadPage } from '../../../worker/contract/thread.ts'
import type { Env } from '../../../worker/env.ts'
import { tagsOf } from '../../../worker/http/edgeCache.ts'
import { memory } from '../../../worker/http/isolateCache.ts'
import worker from '../../../worker/index.ts'
import { fetchIn, losing } from '../jobs.ts'
import {
  addSite,
  approved,
  asOperator,
  call,
  comment,
  decided,
  host,
  json,
  pageOrigin,
  posted,
  screened,
  thread,
} from '../product.ts'

beforeEach(() => addSite())

const path = '/v1/sites/blog/thread?key=/post'
const read = (address = path, headers: Record<string, string> = {}) => call('GET', address, { headers })

describe('Who may keep an answer', () => {
  const edge = (response: Response) => [
    response.headers.get('cloudflare-cdn-cache-control'),
    response.headers.get('cache-tag'),
  ]
  const short = 'public, max-age=60, stale-while-revalidate=600'
  const long = 'public, max-age=300, stale-while-revalidate=600'
  const tagged = async (threadId?: number) =>
    (await tagsOf(env as unknown as Env, { siteId: 'blog', ...(threadId && { threadId }) })).join()

  it.each([
    ['thread?key=/post', short, 1],
    ['thread?key=/post&sort=top', short, 1],
    ['thread?key=/post&since=0', short, 1],
    ['thread.html?key=/post', short, 1],
    ['counts?key=/post', short, undefined],
    ['feed.atom', long, undefined],
    ['feed.json?key=/post', long, undefined],
  ])('of %s: the edge, until something readers see changes', async (address, age, threadId) => {
    await approved()
    const answer = await read(`/v1/sites/blog/${address}`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('public, max-age=0, must-revalidate')
    expect(edge(answer)).toEqual([age, await tagged(threadId)])
    expect(answer.headers.get('vary')).toBeNull()
  })

  it.each([
    'thread?key=/post&utm_source=1',
    'thread?key=/post&',
    'thread?sort=top&key=/post',
    'thread?key=%2fpost',
    'thread?key=//post',
    'thread?key=/post%3Ffbclid=1',
    'thread?key=/post&since=00',
    'thread.html?lang=en&key=/post',
    'thread.html?key=/post&utm_source=1',
    'counts?key=/post&key=/post/',
    'counts?key=/post%3Ffbclid=1',
    'feed.atom?&',
    'feed.json?key=/post&fbclid=1',
  ])('of an unusual spelling is not the edge, for there is no end of them: %s', async (address) => {
    await approved()
    const answer = await read(`/v1/sites/blog/${address}`)
    expect(answer.status).toBe(200)
    expect(edge(answer)).toEqual(['no-store', null])
  })

  it('is told of a 304 as of the whole', async () => {
    await approved()
    const etag = (await read()).headers.get('etag') ?? ''
    memory.empty()
    const unchanged = await read(path, { 'if-none-match': etag })
    expect([unchanged.status, ...edge(unchanged)]).toEqual([304, short, await tagged(1)])
  })

  it('is the same for a thread with hidden comments only as for none', async () => {
    await posted()
    const answers = await Promise.all([read(), read('/v1/sites/blog/thread?key=/none')])
    const [hidden, none] = answers.map(({ headers }) => Object.fromEntries(headers))
    expect(hidden).toEqual(none)
    expect(hidden?.['cache-tag']).toBe(await tagged())
  })

  it.each([
    ['thread', 400],
    ['thread?key=/post&cursor=x', 400],
    ['thread.html?key=/post&sort=best', 400],
    ['counts', 400],
    ['feed.atom?key=', 400],
    [`comments/${crypto.randomUUID()}`, 404],
  ])('of an error is nobody: %s', async (address, status) => {
    await approved()
    const answer = await read(`/v1/sites/blog/${address}`)
    expect([answer.status, answer.headers.get('cache-control'), ...edge(answer)]).toEqual([
      status,
      'no-store',
      null,
      null,
    ])
  })

  it('is nobody where credentials came along', async () => {
    const { token } = await approved()
    for (const address of ['thread?key=/post', 'thread.html?key=/post', 'counts?key=/post', 'feed.atom']) {
      const answer = await call('GET', `/v1/sites/blog/${address}`, { token })
      expect([answer.status, answer.headers.get('cache-control'), ...edge(answer)]).toEqual([
        200,
        'no-store',
        null,
        null,
      ])
    }
  })

  it('is nobody of a thread on a page of its own', async () => {
    await approved()
    const answer = await read('/t/blog?key=/post')
    expect([answer.headers.get('cache-control'), ...edge(answer)]).toEqual(['no-store', null, null])
  })
})

/** A call's surroundings where it is deployed, with what the edge is asked to forget. */
function edge() {
  const purged: string[][] = []
  const purge = async ({ tags }: { tags: string[] }) => {
    purged.push(tags)
    return { success: true, errors: [] }
  }
  return { context: Object.assign(createExecutionContext(), { cache: { purge } }), purged }
}

/** What a request has the edge forget. */
async function purgedBy(
  method: string,
  address: string,
  { body, token }: { body?: unknown; token?: string },
) {
  const { context, purged } = edge()
  const request = new Request(`${host}${address}`, {
    method,
    headers: {
      authorization: `Bearer ${token ?? env.OPERATOR_KEY}`,
      origin: pageOrigin,
      'cf-connecting-ip': '192.0.2.1',
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const answer = await worker.fetch(request, env as unknown as Env, context as never)
  await waitOnExecutionContext(context)
  expect(answer.status).toBeLessThan(300)
  return purged
}

describe('The edge forgets', () => {
  const tagsOfThread = async (threadId: number) => {
    const [, thread] = await tagsOf(env as unknown as Env, { siteId: 'blog', threadId })
    return [['overview-blog', thread]]
  }
  const decision = (commentId: string, action: string, revision = 1) => ({
    body: [{ commentId, revision, action }],
  })

  it('a thread where a decision or its undo changes what readers see', async () => {
    const { comment } = await posted()
    await screened(comment.id)
    expect(await purgedBy('POST', '/v1/decisions', decision(comment.id, 'approve'))).toEqual(
      await tagsOfThread(1),
    )
    const { decisionId } = await decided(comment.id, 'spam')
    expect(await purgedBy('DELETE', `/v1/decisions/${decisionId}`, {})).toEqual(await tagsOfThread(1))
  })

  it('nothing where readers see what they saw', async () => {
    const { comment, token } = await posted()
    await screened(comment.id)
    expect(await purgedBy('POST', '/v1/decisions', decision(comment.id, 'reject'))).toEqual([])
    const { decisionId } = await decided(comment.id, 'spam')
    expect(await purgedBy('DELETE', `/v1/decisions/${decisionId}`, {})).toEqual([])
    expect(await purgedBy('DELETE', `/v1/sites/blog/comments/${comment.id}`, { token })).toEqual([])
  })

  it('all that many decisions change at once', async () => {
    const made = [await posted(), await posted({ key: '/a' }), await posted({ key: '/b' })]
    const purged = await purgedBy('POST', '/v1/decisions', {
      body: made.map(({ comment }) => ({ commentId: comment.id, revision: 1, action: 'approve' })),
    })
    expect(purged).toHaveLength(1)
    expect(purged[0]).toHaveLength(4)
  })

  it('a thread where its author takes a comment back', async () => {
    const { comment, token } = await approved()
    const purged = await purgedBy('DELETE', `/v1/sites/blog/comments/${comment.id}`, { token })
    expect(purged).toEqual(await tagsOfThread(1))
  })

  it('a thread that is closed, reopened, checked, unchecked, or pinned in', async () => {
    const { comment } = await approved()
    for (const [method, address] of [
      ['POST', '/v1/threads/1/closure'],
      ['DELETE', '/v1/threads/1/closure'],
      ['POST', '/v1/threads/1/check'],
      ['DELETE', '/v1/threads/1/check'],
      ['PUT', `/v1/comments/${comment.id}/pin`],
      ['DELETE', `/v1/comments/${comment.id}/pin`],
    ] as const)
      expect(await purgedBy(method, address, {})).toEqual(await tagsOfThread(1))
  })

  it('the site where its settings or a badge change', async () => {
    const { comment } = await approved()
    expect(await purgedBy('PATCH', '/v1/sites/blog', { body: { name: 'New' } })).toEqual([['site-blog']])
    const badge = `/v1/authors/${comment.author.id}/badge`
    expect(await purgedBy('PUT', badge, { body: { badge: 'Editor' } })).toEqual([['site-blog']])
  })

  it('once a batch what screening publishes in it', async () => {
    await json(asOperator('PATCH', '/v1/sites/blog', { policy: 'postmoderate' }))
    const ids = []
    for (const key of ['/a', '/b', '/c']) {
      const made = comment({ key })
      const request = new Request(`${host}/v1/sites/blog/comments`, {
        method: 'POST',
        headers: { origin: pageOrigin },
        body: JSON.stringify(made),
      })
      await json(fetchIn(losing, request), 202)
      ids.push(made.id)
    }
    const { context, purged } = edge()
    const jobs = ids.map((id) => ({
      id,
      timestamp: new Date(),
      attempts: 1,
      body: { v: 1, id, revision: 1 },
    }))
    await worker.queue(createMessageBatch('hankyo-screening', jobs) as never, losing, context as never)
    await waitOnExecutionContext(context)
    expect(purged).toHaveLength(1)
    expect(purged[0]).toEqual(expect.arrayContaining(['overview-blog', expect.stringMatching(/^thread-/)]))
    expect(purged[0]).toHaveLength(4)
  })

  it('a like at its age', async () => {
    const { comment } = await approved()
    const token = 'l'.repeat(43)
    expect(await purgedBy('PUT', `/v1/sites/blog/comments/${comment.id}/like`, { token })).toEqual([])
  })
})

describe('The memory of this isolate', () => {
  it('shows at once what this isolate decided', async () => {
    const { comment } = await posted()
    expect((await thread()).items).toHaveLength(0)
    const { decisionId } = await decided(comment.id, 'approve')
    expect((await thread()).items).toHaveLength(1)
    await json(asOperator('DELETE', `/v1/decisions/${decisionId}`))
    expect((await thread()).items).toHaveLength(0)
  })

  it('shows at once what screening in this isolate published', async () => {
    await json(asOperator('PATCH', '/v1/sites/blog', { policy: 'postmoderate' }))
    await thread()
    const { comment } = await posted()
    await screened(comment.id)
    expect((await thread()).items.map(({ id }) => id)).toEqual([comment.id])
  })

  it('is not kept from before a decision that was taken while it was read', async () => {
    const { comment } = await posted()
    let goOn = () => {}
    const decidedThen = new Promise<void>((resolve) => {
      goOn = resolve
    })
    const slow = (statement: D1PreparedStatement): unknown => ({
      bind: (...values: unknown[]) => slow(statement.bind(...values)),
      async all() {
        const rows = await statement.all()
        await decidedThen
        return rows
      },
    })
    const DB = { prepare: (text: string) => slow(env.DB.prepare(text)) }
    const reading = fetchIn({ ...env, DB } as unknown as Env, new Request(host + path))
    await decided(comment.id, 'approve')
    goOn()
    expect((await json<ThreadPage>(reading)).items).toHaveLength(0)
    expect((await thread()).items).toHaveLength(1)
  })

  it('never has a comment in memory that waits, and says nothing of it to its author', async () => {
    await approved()
    const { comment, token } = await posted({ body: 'Words that wait' })
    await screened(comment.id)
    const own = await call('GET', path, { token })
    expect(await own.text()).not.toContain('Words that wait')
    expect(memory.answers).toBe(0)
    expect(await (await read()).text()).not.toContain('Words that wait')
    expect(await (await read()).text()).not.toContain('Words that wait')
  })
})
