import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { DecisionResults } from '../../worker/contract/decisions.ts'
import type { Env } from '../../worker/env.ts'
import { counting } from './counted.ts'
import { deliver, fetchIn, losing, withBatch } from './jobs.ts'
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
} from './product.ts'
import { log } from './school.ts'

/** Takes the posts without an address, which all count as one: elsewhere others would count with them. */
const quiet = 'quiet'

beforeEach(async () => {
  await addSite()
  await addSite({ id: quiet, name: 'Quiet' })
})
afterEach(() => {
  vi.restoreAllMocks()
})

interface Row {
  act: string
  details: string
  logged: number
}

const events = async (commentId: string) =>
  (
    await env.DB.prepare('SELECT act, details, logged FROM events WHERE comment_id = ? ORDER BY id')
      .bind(commentId)
      .all<Row>()
  ).results

/** Without a network address: with one, the first post of a day costs more than the others. */
const send = (environment: Env, method: string, address: string, body?: unknown) =>
  fetchIn(
    environment,
    new Request(host + address, {
      method,
      headers: {
        origin: pageOrigin,
        authorization: `Bearer ${env.OPERATOR_KEY}`,
        'cf-connecting-ip': '',
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }),
  )

/** Posts a comment whose job is lost, with what that costs. */
async function lost() {
  const { environment, count } = counting(losing)
  const made = comment()
  await json(send(environment, 'POST', `/v1/sites/${quiet}/comments`, made), 202)
  return { id: made.id, count }
}

describe('What happened', () => {
  it('is recorded with what changes, once, in codes; the log shows what somebody did', async () => {
    const { comment, token } = await posted()
    await screened(comment.id)
    const { decisionId } = await decided(comment.id, 'reject', { reason: 'Words of staff' })
    await json(asOperator('DELETE', `/v1/decisions/${decisionId}`))
    await call('DELETE', `/v1/sites/blog/comments/${comment.id}`, { token })
    const found = await events(comment.id)
    const change = { threadId: 1, revision: 1, visible: false }
    expect(found.map(({ act, details, logged }) => [act, logged, JSON.parse(details)])).toEqual([
      ['comment.posted', 0, { revision: 1 }],
      ['comment.reject', 1, { ...change, from: 'pending', to: 'rejected', decisionId }],
      ['comment.undo', 1, { ...change, from: 'rejected', to: 'pending', decisionId, action: 'reject' }],
      ['comment.withdraw', 1, { ...change, from: 'pending', to: 'deleted', decisionId: expect.any(String) }],
    ])
    expect((await log(`comment=${comment.id}`)).map(({ act, details }) => [act, details])).toEqual([
      ['comment.withdraw', { from: 'pending', to: 'deleted', reason: null }],
      ['comment.undo', { from: 'rejected', to: 'pending', action: 'reject' }],
      ['comment.reject', { from: 'pending', to: 'rejected', reason: null }],
    ])
  })

  it('is not recorded when nothing happened', async () => {
    const { comment: made, token } = await posted()
    await screened(made.id)
    const before = await events(made.id)
    await deliver([{ v: 1, id: made.id, revision: 1 }])
    const again = { ...comment(), id: made.id }
    expect((await call('POST', '/v1/sites/blog/comments', { body: again, token })).status).toBe(409)
    expect((await asOperator('DELETE', `/v1/decisions/${crypto.randomUUID()}`)).status).toBe(404)
    await asOperator('DELETE', `/v1/comments/${made.id}/pin`)
    expect(await events(made.id)).toEqual(before)
  })

  it('is told to the subscribers once a request, whatever comes of its answer', async () => {
    const made = [await lost(), await lost()]
    const sending = vi.fn(async () => {})
    const environment = { ...env, SCREENING: { send: sending } } as unknown as Env
    const requests = made.map(({ id }) => ({ commentId: id, revision: 1, action: 'approve' }))
    const unknown = { commentId: crypto.randomUUID(), revision: 1, action: 'approve' }
    await json<DecisionResults>(send(environment, 'POST', '/v1/decisions', [...requests, unknown]), 207)
    expect(sending.mock.calls).toEqual([
      [{ v: 1, learn: quiet }, expect.anything()],
      [{ v: 1, index: true }, expect.anything()],
    ])
  })

  it('is told when the answer to its transaction was lost and it ran again', async () => {
    const { id } = await lost()
    const sending = vi.fn(async () => {})
    let runs = 0
    const twice = async (statements: D1PreparedStatement[]) => {
      if (runs++ === 0) await env.DB.batch(statements)
      return env.DB.batch(statements)
    }
    const environment = withBatch(twice, { ...env, SCREENING: { send: sending } } as unknown as Env)
    const request = { commentId: id, revision: 1, action: 'approve' }
    await json<DecisionResults>(send(environment, 'POST', '/v1/decisions', [request]))
    expect(sending.mock.calls).toEqual([
      [{ v: 1, learn: quiet }, expect.anything()],
      [{ v: 1, index: true }, expect.anything()],
    ])
    expect((await events(id)).map(({ act }) => act)).toEqual(['comment.posted', 'comment.approve'])
  })
})

describe('Costs', () => {
  it('of the log stay the same however much it does not show, and however long it is', async () => {
    const { comment } = await approved()
    const reads = async (query: string) => {
      const { environment, count } = counting()
      await json(send(environment, 'GET', `/v1/audit-log?${query}`))
      return count.read
    }
    const ofComment = await reads(`comment=${comment.id}`)
    await env.DB.prepare(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
       INSERT INTO events (at, actor_kind, actor_id, actor_name, act, site_id, comment_id, logged, details)
       SELECT 1, 'moderator', 'm', 'Mika', 'comment.approve', 'blog', iif(i > 2000, ?1, i), i <= 1000,
         json_object('decisionId', (SELECT id FROM decisions), 'revision', 1, 'verdict', 'approve') FROM n`,
    )
      .bind(comment.id)
      .run()
    expect(await reads('')).toBeLessThanOrEqual(51 * 5)
    expect(await reads(`comment=${comment.id}`)).toBeLessThanOrEqual(ofComment + 1)
  })
})
