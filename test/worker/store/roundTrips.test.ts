import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { NewComment, Posted } from '../../../worker/contract/comment.ts'
import type { DecisionResults } from '../../../worker/contract/decisions.ts'
import type { ThreadPage } from '../../../worker/contract/thread.ts'
import { memory } from '../../../worker/http/isolateCache.ts'
import { fill } from '../crowd.ts'
import { deliver, fetchIn, losing } from '../jobs.ts'
import { addSite, comment, host, json, pageOrigin } from '../product.ts'
import { costOf } from '../trips.ts'

let address = 0

/** Asks the worker without any job under way that would ask the database besides. */
async function send(
  method: string,
  path: string,
  more: { body?: unknown; token?: string; etag?: string } = {},
) {
  const headers = {
    origin: pageOrigin,
    'cf-connecting-ip': `198.20.${address >> 8}.${address++ & 255}`,
    ...(more.token && { authorization: `Bearer ${more.token}` }),
    ...(more.etag && { 'if-none-match': more.etag }),
  }
  const body = more.body === undefined ? {} : { body: JSON.stringify(more.body) }
  return fetchIn(losing, new Request(`${host}${path}`, { method, headers, ...body }))
}

async function trips(method: string, path: string, more: Parameters<typeof send>[2] = {}, status = 200) {
  memory.empty()
  const { result, ...cost } = await costOf(() => send(method, path, more))
  const text = await result.text()
  expect(`${result.status} ${text}`).toMatch(new RegExp(`^${status} `))
  console.log(method, path, cost.trips, cost.statements.length, cost.rowsRead)
  return cost.trips
}

const post = (more: Partial<NewComment> = {}, token?: string) =>
  json<Posted>(send('POST', '/v1/sites/blog/comments', { body: comment(more), ...(token && { token }) }), 202)
const staff = { token: env.OPERATOR_KEY }
const decide = async (ids: string[], action = 'approve') =>
  json<DecisionResults>(
    send('POST', '/v1/decisions', {
      ...staff,
      body: ids.map((commentId) => ({ commentId, revision: 1, action })),
    }),
  )

/** An API token as scripts use it, after its first use of the hour. */
async function member() {
  const { token } = await json<{ token: string }>(
    send('POST', '/v1/tokens', { ...staff, body: { name: 'x' } }),
    201,
  )
  await send('GET', '/v1/session', { token })
  return { token }
}

beforeEach(async () => {
  await addSite()
  await post()
})

describe('The database is asked', () => {
  it('at most 3 times by a post, and 3 by a reply', async () => {
    expect(await trips('POST', '/v1/sites/blog/comments', { body: comment() }, 202)).toBeLessThanOrEqual(3)
    const { comment: parent, token = '' } = await post()
    await decide([parent.id])
    const reply = comment({ parentId: parent.id })
    expect(await trips('POST', '/v1/sites/blog/comments', { body: reply, token }, 202)).toBeLessThanOrEqual(3)
  })

  it('at most 3 times by the screening of a comment', async () => {
    for (const policy of ['premoderate', 'postmoderate']) {
      await send('PATCH', '/v1/sites/blog', { ...staff, body: { policy } })
      const { comment } = await post()
      const cost = await costOf(() =>
        deliver([{ v: 1, id: comment.id, revision: 1 }], { environment: losing }),
      )
      console.log('screen', cost.trips, cost.statements.length, cost.rowsRead)
    }
    const ids = [await post(), await post(), await post()].map(({ comment }) => comment.id)
    const cost = await costOf(() =>
      deliver(
        ids.map((id) => ({ v: 1, id, revision: 1 })),
        { environment: losing },
      ),
    )
    console.log('screen 3', cost.trips, cost.statements.length, cost.rowsRead)
  })

  it('at most 3 times by a decision of who signed in, and by its undo', async () => {
    const who = await member()
    const { comment } = await post()
    const body = [{ commentId: comment.id, revision: 1, action: 'approve' }]
    await trips('POST', '/v1/decisions', { ...who, body })
    const { results } = await decide([(await post()).comment.id])
    await trips('DELETE', `/v1/decisions/${(results[0] as { decisionId: string }).decisionId}`, who)
  })

  it('bulk', async () => {
    const ids: string[] = []
    for (let i = 0; i < 100; i++) ids.push((await post()).comment.id)
    const body = ids.map((commentId) => ({ commentId, revision: 1, action: 'approve' }))
    await trips('POST', '/v1/decisions', { ...staff, body })
  })

  it('thread', async () => {
    await fill({ roots: 200, replies: 15 })
    await env.DB.prepare('UPDATE comments SET likes = seq % 7 WHERE root_seq IS NULL').run()
    await env.DB.prepare('UPDATE comments SET pinned_at = 1 WHERE seq = 77').run()
    const path = '/v1/sites/blog/thread?key=/post'
    for (const sort of ['oldest', 'newest', 'top']) {
      await trips('GET', `${path}&sort=${sort}`)
      const page = await json<ThreadPage>(send('GET', `${path}&sort=${sort}`))
      await trips('GET', `${path}&sort=${sort}&cursor=${page.next}`)
      await trips('GET', `${path}&sort=${sort}&around=root-150`)
      await trips('GET', `${path}&sort=${sort}&around=reply-150-12`)
      await trips('GET', `${path}&sort=${sort}&cursor=${page.items[0]?.replies.next}`)
    }
    const etag = (await send('GET', path)).headers.get('etag') ?? ''
    await trips('GET', path, { etag }, 304)
    await trips('GET', path, { etag: '"99"' })
    await trips('GET', `${path}&around=reply-150-12`, { etag: '"99"' })
    await trips('GET', `${path}&around=reply-150-12`, { etag }, 304)
    await trips('GET', `${path}&since=0`, { etag: '"99"' })
    await trips('GET', `/v1/sites/blog/thread.html?key=/post`)
    await trips('GET', `/t/blog?key=/post`)
    await trips('GET', `/v1/sites/blog/counts?key=/post&key=/a`)
    await trips('GET', `/v1/sites/blog/thread?key=/none`)
  })

  it('queue', async () => {
    await fill({ roots: 200, replies: 2 })
    const who = await member()
    await trips('GET', '/v1/queue?tab=all', who)
    await trips('GET', '/v1/queue?tab=all&site=blog', who)
  })
})
