import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import type { QueuePace } from '../../../worker/contract/queuePace.ts'
import type { MadeToken } from '../../../worker/contract/tokens.ts'
import { addSite, asOperator, call, decided, json, posted } from '../product.ts'

it('The pace of the queue tells the last hour’s work and when the next is likely, of one’s own sites alone', async () => {
  const other = 'https://other.example'
  await addSite()
  await addSite({ id: 'other', name: 'Other', origins: [other] })
  const { token } = await json<MadeToken>(
    asOperator('POST', '/v1/tokens', { name: 'Of the other', scope: 'read', site: 'other' }),
    201,
  )
  const pace = (query = '') => json<QueuePace>(asOperator('GET', `/v1/queue/pace${query}`))
  const idle = { approve: 0, reject: 0, spam: 0, delete: 0 }
  expect(await pace()).toEqual({ decided: idle, screened: 0, complete: true, nextInSeconds: null })

  for (const key of ['/1', '/2']) await decided((await posted({ key })).comment.id, 'approve')
  const together = [await posted({ key: '/3' }), await posted({ key: '/4' })]
  const rulings = together.map(({ comment }) => ({ commentId: comment.id, revision: 1, action: 'spam' }))
  await json(asOperator('POST', '/v1/decisions', rulings))
  const elsewhere = await posted({ url: `${other}/post` }, { origin: other }, 'other')
  await decided(elsewhere.comment.id, 'reject')
  // A day passes between comments.
  const hour = 3_600_000
  const times = [1, 25, 49, 73].map((hours) => ({ at: Date.now() - hours * hour }))
  await env.DB.prepare(
    `INSERT INTO events (at, actor_kind, actor_id, actor_name, act, site_id, details)
     SELECT value ->> 'at', 'screening', 'screening', 'screening', 'comment.held', 'blog', '{}' FROM json_each(?)`,
  )
    .bind(JSON.stringify(times))
    .run()

  expect(await pace()).toMatchObject({ decided: { ...idle, approve: 2, reject: 1, spam: 2 }, complete: true })
  expect(await pace('?site=blog')).toMatchObject({ decided: { ...idle, approve: 2, spam: 2 } })
  const { nextInSeconds } = await pace('?site=blog')
  expect(nextInSeconds).toBeGreaterThan(0)
  expect(nextInSeconds).toBeLessThan((24 * hour) / 1000)
  const theirs = (query = '') => call('GET', `/v1/queue/pace${query}`, { token, origin: null })
  expect(await json(theirs())).toMatchObject({ decided: { ...idle, reject: 1 }, nextInSeconds: null })
  expect((await theirs('?site=blog')).status).toBe(404)
})
