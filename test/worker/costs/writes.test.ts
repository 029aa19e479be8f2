import { env } from 'cloudflare:workers'
import { beforeEach, expect, it } from 'vitest'
import type { Posted } from '../../../worker/contract/comment.ts'
import type { DecisionResults } from '../../../worker/contract/decisions.ts'
import type { Env } from '../../../worker/env.ts'
import { counting } from '../counted.ts'
import { deliver, fetchIn, losing } from '../jobs.ts'
import { addSite, comment, host, json, pageOrigin } from '../product.ts'

beforeEach(() => addSite())

const texts = [
  'The trains to the coast run every hour again, says the table at the station.',
  'My neighbour bakes rye bread on Fridays, and gives half of it away.',
  'Nobody told me that the library closes early while the roof is mended.',
]

/** Posts a comment from an address and has it screened. @returns its id, and its author's token */
async function post(environment: Env, body: string, token: string | null) {
  const made = comment({ body })
  const headers = {
    origin: pageOrigin,
    'cf-connecting-ip': '198.51.100.7',
    ...(token && { authorization: `Bearer ${token}` }),
  }
  const request = new Request(`${host}/v1/sites/blog/comments`, {
    method: 'POST',
    headers,
    body: JSON.stringify(made),
  })
  const posted = await json<Posted>(fetchIn(environment, request), 202)
  await deliver([{ v: 1, site: 'blog', id: made.id, revision: 1 }], { environment })
  return { id: made.id, token: posted.token ?? token }
}

it('A newcomer’s post with its screening writes 20 rows, and 3 fewer from who has written before', async () => {
  const [first = '', second = '', third = ''] = texts
  await post(losing, first, null)
  const newcomer = counting(losing)
  const { token } = await post(newcomer.environment, second, null)
  expect(newcomer.count.written).toBeLessThanOrEqual(20)
  const known = counting(losing)
  await post(known.environment, third, token)
  expect(known.count.written).toBeLessThanOrEqual(17)
})

it('A person’s decision writes 21 rows', async () => {
  const [first = '', second = ''] = texts
  const decide = (environment: Env, commentId: string) => {
    const body = JSON.stringify([{ commentId, revision: 1, action: 'approve' }])
    const headers = { authorization: `Bearer ${env.OPERATOR_KEY}` }
    const request = new Request(`${host}/v1/decisions`, { method: 'POST', headers, body })
    return json<DecisionResults>(fetchIn(environment, request))
  }
  const before = await post(losing, first, null)
  await decide(losing, before.id)
  const { id } = await post(losing, second, null)
  const decision = counting(losing)
  await decide(decision.environment, id)
  expect(decision.count.written).toBeLessThanOrEqual(21)
})
