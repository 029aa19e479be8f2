import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { NewComment, Posted } from '../../../worker/contract/comment.ts'
import type { DecisionResults } from '../../../worker/contract/decisions.ts'
import type { ThreadPage } from '../../../worker/contract/thread.ts'
import { memory } from '../../../worker/http/isolateCache.ts'
import { all, sql } from '../../../worker/store/database.ts'
import { latestApproved } from '../../../worker/store/pageTexts.ts'
import { fill } from '../crowd.ts'
import { deliver, fetchIn, losing } from '../jobs.ts'
import { addSite, comment, host, json, pageOrigin } from '../product.ts'
import { stored } from '../school.ts'
import { costOf } from '../trips.ts'

interface Asked {
  body?: unknown
  token?: string
  etag?: string
  status?: number
}

let senders = 0

/** Asks the worker with no job under way that would ask the database besides. */
function ask(method: string, path: string, { body, token, etag }: Asked = {}): Promise<Response> {
  senders++
  const headers = {
    origin: pageOrigin,
    'cf-connecting-ip': `198.20.${senders >> 8}.${senders & 255}`,
    ...(token && { authorization: `Bearer ${token}` }),
    ...(etag && { 'if-none-match': etag }),
  }
  const sent = body === undefined ? {} : { body: JSON.stringify(body) }
  return fetchIn(losing, new Request(host + path, { method, headers, ...sent }))
}

/** How often the database is asked for one answer. */
async function trips(method: string, path: string, asked: Asked = {}): Promise<number> {
  memory.empty()
  const cost = await costOf(() => ask(method, path, asked))
  const answered = `${cost.result.status} ${await cost.result.text()}`
  expect(answered).toMatch(new RegExp(`^${asked.status ?? 200} `))
  return cost.trips
}

const comments = '/v1/sites/blog/comments'
const operator = { token: env.OPERATOR_KEY }

const posted = (more: Partial<NewComment> = {}) =>
  json<Posted>(ask('POST', comments, { body: comment(more) }), 202)

const approving = (ids: string[]) => ids.map((commentId) => ({ commentId, revision: 1, action: 'approve' }))

/** Decides comments; the ids of the decisions. */
async function decided(ids: string[]): Promise<string[]> {
  const body = approving(ids)
  const { results } = await json<DecisionResults>(ask('POST', '/v1/decisions', { ...operator, body }))
  return results.map((result) => ('decisionId' in result ? result.decisionId : ''))
}

/** Somebody with a token, which has noted its use of the hour already. */
async function moderator(): Promise<{ token: string }> {
  const asked = { ...operator, body: { name: 'Somebody' } }
  const { token } = await json<{ token: string }>(ask('POST', '/v1/tokens', asked), 201)
  await ask('GET', '/v1/session', { token })
  return { token }
}

beforeEach(async () => {
  await addSite()
  await posted()
})

describe('The database is asked', () => {
  it('3 times by a post, whether it is a reply or has a token', async () => {
    const { comment: parent, token } = await posted()
    await decided([parent.id])
    const reply = comment({ parentId: parent.id })
    expect(await trips('POST', comments, { body: comment(), status: 202 })).toBe(3)
    expect(await trips('POST', comments, { body: reply, ...(token && { token }), status: 202 })).toBe(3)
  })

  it('no more often by a post whose author wants to be told, and 3 times by who follows a thread', async () => {
    const author = { name: 'Mika', email: 'mika@mail.example' }
    const body = comment({ author, subscribe: ['fate', 'replies'] })
    expect(await trips('POST', comments, { body, status: 202 })).toBe(3)
    const { key, url } = body
    const wish = { key, url, email: author.email, kinds: ['thread'], locale: 'en' }
    expect(await trips('POST', '/v1/sites/blog/subscriptions', { body: wish, status: 202 })).toBe(3)
  })

  it('4 times by a post that is the first of its day', async () => {
    await env.DB.prepare('DELETE FROM daily_secrets').run()
    expect(await trips('POST', comments, { body: comment(), status: 202 })).toBe(4)
  })

  it('3 times by the screening of a comment, whatever comes of it, 5 times by that of three, and once more to index', async () => {
    const screening = async (ids: string[]) => {
      const jobs = ids.map((id) => ({ v: 1, site: 'blog', id, revision: 1 }))
      return (await costOf(() => deliver(jobs, { environment: losing }))).trips
    }
    const some = async () => (await posted()).comment.id
    expect(await screening([await some()])).toBe(3 + 1)
    await json(ask('PATCH', '/v1/sites/blog', { ...operator, body: { policy: 'postmoderate' } }))
    expect(await screening([await some()])).toBe(3 + 1)
    expect(await screening([await some(), await some(), await some()])).toBe(5 + 1)
  })

  it('once for the words of a page, of some approved comments, by their beginnings', async () => {
    const ids: string[] = []
    for (let at = 0; at < 5; at++)
      ids.push((await posted({ body: `Thought ${at}. ${'x'.repeat(900)}` })).comment.id)
    await decided(ids)
    const thread = await env.DB.prepare('SELECT thread_id FROM comments WHERE id = ?').bind(ids[0])
    const id = (await thread.first<number>('thread_id')) as number
    const { result, trips, rowsRead } = await costOf(() => latestApproved(env.DB, id, 3))
    expect([result.length, trips, rowsRead <= 2 * 3]).toEqual([3, 1, true])
    expect(result[0]).toMatch(/^Thought 4\. x{489}$/)
  })

  it('3 times by a decision of who is signed in and by its undo, and once after the answer, to learn', async () => {
    const who = await moderator()
    const [id = ''] = [(await posted()).comment.id]
    expect(await trips('POST', '/v1/decisions', { ...who, body: approving([id]) })).toBe(3 + 2)
    const [decision] = await decided([(await posted()).comment.id])
    expect(await trips('DELETE', `/v1/decisions/${decision}`, who)).toBe(3 + 2)
  })

  it('no more often by a hundred decisions, in few statements that read no more for each than for one alone', async () => {
    const who = await moderator()
    const thoughts = Array.from({ length: 101 }, (_, at) => `Thought number ${at}.`)
    const [alone = '', ...ids] = await stored('blog', thoughts)
    const deciding = (some: string[]) =>
      costOf(() => ask('POST', '/v1/decisions', { ...who, body: approving(some) }))
    const one = await deciding([alone])
    const hundred = await deciding(ids)
    expect([one.result.status, hundred.result.status]).toEqual([200, 200])
    expect(hundred.trips).toBe(3 + 2)
    expect(hundred.statements.length).toBeLessThanOrEqual(20)
    expect(one.rowsRead).toBeLessThanOrEqual(46 + 4)
    expect(hundred.rowsRead).toBeLessThanOrEqual(100 * one.rowsRead)
  })

  it('3 times by a like, a flag and an own comment that is withdrawn, and after that once to learn and once to index', async () => {
    const { comment: one, token } = await posted()
    await decided([one.id])
    const reader = { token: 'r'.repeat(43) }
    expect(await trips('PUT', `${comments}/${one.id}/like`, reader)).toBe(3)
    const flag = { ...reader, body: { reason: 'off_topic' }, status: 204 }
    expect(await trips('POST', `${comments}/${one.id}/flags`, flag)).toBe(3)
    const own = { ...(token && { token }), status: 204 }
    expect(await trips('DELETE', `${comments}/${one.id}`, own)).toBe(3 + 2)
  })

  it('once by the first page of a thread in any order, and twice by any other part of it', async () => {
    await fill({ roots: 200, replies: 15 })
    await env.DB.batch([
      env.DB.prepare('UPDATE comments SET likes = seq % 7 WHERE root_seq IS NULL'),
      env.DB.prepare('UPDATE comments SET pinned_at = 1 WHERE seq = 77'),
    ])
    for (const sort of ['oldest', 'newest', 'top']) {
      const path = `/v1/sites/blog/thread?key=/post&sort=${sort}`
      const { next, items } = await json<ThreadPage>(ask('GET', path))
      const branch = items.find(({ replies }) => replies.next !== null)?.replies.next
      expect(await trips('GET', path)).toBe(1)
      for (const part of [`cursor=${next}`, `cursor=${branch}`, 'around=root-150', 'around=reply-150-12'])
        expect(await trips('GET', `${path}&${part}`), `${sort} ${part}`).toBe(2)
    }
  })

  it('once to tell that a thread has not changed, and twice where it has', async () => {
    await fill({ roots: 200, replies: 15 })
    const path = '/v1/sites/blog/thread?key=/post'
    for (const part of ['', '&since=0', '&around=reply-150-12']) {
      const etag = (await ask('GET', path + part)).headers.get('etag') ?? ''
      expect(await trips('GET', path + part, { etag, status: 304 }), part).toBe(1)
      expect(await trips('GET', path + part, { etag: '"99"' }), part).toBe(2)
    }
  })

  it('once by counts, a feed, a thread that is not there, and a thread as HTML or on its own page', async () => {
    await fill({ roots: 100, replies: 2 })
    // The first read of a day notes that the site was seen.
    await ask('GET', '/v1/sites/blog/thread?key=/seen')
    expect(await trips('GET', '/v1/sites/blog/counts?key=/post&key=/other')).toBe(1)
    expect(await trips('GET', '/v1/sites/blog/feed.atom')).toBe(1)
    expect(await trips('GET', '/v1/sites/blog/thread?key=/none')).toBe(1)
    expect(await trips('GET', '/v1/sites/blog/thread.html?key=/post')).toBe(1)
    expect(await trips('GET', '/t/blog?key=/post')).toBe(1)
  })

  it('3 times by a page of the queue for who is signed in, and twice to tell that it has not changed', async () => {
    await fill({ roots: 100, replies: 2 })
    const who = await moderator()
    for (const path of ['/v1/queue?tab=all', '/v1/queue?tab=all&site=blog']) {
      const etag = (await ask('GET', path, who)).headers.get('etag') ?? ''
      expect(await trips('GET', path, who)).toBe(3)
      expect(await trips('GET', path, { ...who, etag: '"99"' })).toBe(3)
      expect(await trips('GET', path, { ...who, etag, status: 304 })).toBe(2)
      const { rowsRead } = await costOf(() => ask('GET', path, { ...who, etag }))
      expect(rowsRead).toBeLessThanOrEqual(12)
    }
  })
})

describe('What is asked for together', () => {
  it('is answered though one of it cannot be', async () => {
    const reads = ['SELECT 1 AS n', 'SELECT n FROM nowhere', 'SELECT 2 AS n'].map((text) =>
      all(sql(env.DB, text)),
    )
    const results = await Promise.allSettled(reads)
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })

  it('goes in batches of a hundred', async () => {
    const numbers = Array.from({ length: 250 }, (_, n) => n)
    const { result, trips } = await costOf(() =>
      Promise.all(numbers.map((n) => all<{ n: number }>(sql(env.DB, 'SELECT ? AS n', n)))),
    )
    expect(result.map(([row]) => row?.n)).toEqual(numbers)
    expect(trips).toBe(3)
  })
})
