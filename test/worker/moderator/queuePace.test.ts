import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import type { QueuePace } from '../../../worker/contract/queuePace.ts'
import type { MadeToken } from '../../../worker/contract/tokens.ts'
import { addSite, asOperator, call, decided, json, posted, screened } from '../product.ts'
import { signedIn } from '../staffed.ts'

/** Posts a comment, which is held. */
async function held(...given: Parameters<typeof posted>): Promise<string> {
  const { comment } = await posted(...given)
  await screened(comment.id)
  return comment.id
}

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
  expect(await pace()).toEqual({
    decided: idle,
    screened: 0,
    seconds: 3600,
    complete: true,
    nextInSeconds: null,
  })

  for (const key of ['/1', '/2']) await decided(await held({ key }), 'approve')
  const together = [await held({ key: '/3' }), await held({ key: '/4' })]
  const rulings = together.map((commentId) => ({ commentId, revision: 1, action: 'spam' }))
  await json(asOperator('POST', '/v1/decisions', rulings))
  await decided(await held({ url: `${other}/post` }, { origin: other }, 'other'), 'reject')
  // Some hours pass between comments, which were held, whatever became of them.
  const hour = 3_600_000
  const times = together.map((id, at) => ({ id, at: Date.now() - (at + 1) * 5 * hour }))
  await env.DB.prepare(
    `UPDATE comments SET created_at = x.value ->> 'at' FROM json_each(?) x WHERE comments.id = x.value ->> 'id'`,
  )
    .bind(JSON.stringify(times))
    .run()

  expect(await pace()).toMatchObject({ decided: { ...idle, approve: 2, reject: 1, spam: 2 }, complete: true })
  expect(await pace('?site=blog')).toMatchObject({ decided: { ...idle, approve: 2, spam: 2 } })
  // Four came to the site within ten hours, five to both.
  expect(await pace('?site=blog')).toMatchObject({ nextInSeconds: expect.closeTo(10 * 900, -2) })
  expect(await pace()).toMatchObject({ nextInSeconds: expect.closeTo(10 * 720, -2) })
  // The same of several sites that are not all; of many it is not told.
  for (const at of [1, 2, 3, 4]) await addSite({ id: `empty-${at}`, name: 'Empty', origins: [other] })
  const of = async (name: string, sites: string[]) =>
    json<QueuePace>((await signedIn(name, 'moderator', sites)).ask('GET', '/v1/queue/pace'))
  const [one, ...more] = [1, 2, 3, 4].map((at) => `empty-${at}`)
  expect(await of('Of some', ['blog', 'other', String(one)])).toMatchObject({
    nextInSeconds: expect.closeTo(10 * 720, -2),
  })
  expect(await of('Of many', ['blog', 'other', String(one), ...more])).toMatchObject({
    ...{ decided: { approve: 2, reject: 1, spam: 2 }, nextInSeconds: null },
  })
  const theirs = (query = '') => call('GET', `/v1/queue/pace${query}`, { token, origin: null })
  expect(await json(theirs())).toMatchObject({ decided: { ...idle, reject: 1 }, nextInSeconds: null })
  expect((await theirs('?site=blog')).status).toBe(404)
})

it('Of more acts than it looks at it tells since when it looked, and no more than it saw', async () => {
  await addSite()
  // One each ten seconds: 75 are within 750 seconds.
  const acts = (siteId: string) =>
    env.DB.prepare(
      `WITH RECURSIVE n (i) AS (VALUES (100) UNION ALL SELECT i - 1 FROM n WHERE i > 1)
       INSERT INTO events (at, actor_kind, actor_id, actor_name, act, site_id, details, logged)
       SELECT ? - i * 10000, 'moderator', 's', 'S', 'comment.approve', ?, '{}', 1 FROM n`,
    ).bind(Date.now(), siteId)
  await acts('blog').run()
  const pace = (ask: typeof asOperator = asOperator) => json<QueuePace>(ask('GET', '/v1/queue/pace'))
  const told = await pace()
  expect(told).toMatchObject({ complete: false, decided: { approve: 74 } })
  expect(Math.abs(told.seconds - 750)).toBeLessThanOrEqual(10)
  // Of two sites each is looked at half as far; that somebody may moderate them is an act, too.
  await addSite({ id: 'other', name: 'Other', origins: ['https://other.example'] })
  await acts('other').run()
  const { ask } = await signedIn('Of both', 'moderator', ['blog', 'other'])
  const both = await pace(ask)
  expect(both).toMatchObject({ complete: false, decided: { approve: 70 } })
  expect(Math.abs(both.seconds - 360)).toBeLessThanOrEqual(10)
})
