import { env } from 'cloudflare:workers'
import { beforeEach, expect, it } from 'vitest'
import type { QueuePage } from '../../../worker/contract/queue.ts'
import { addSite, approved, asOperator, call, decided, json, posted, queue } from '../product.ts'
import { costOf } from '../trips.ts'

const sites = 60

beforeEach(async () => {
  await addSite()
  // The tallies of the first ones are older than the totals.
  await posted()
  for (let at = 1; at < sites; at++) await addSite({ id: `site-${at}`, name: 'Site' })
})

const ofEach = async (): Promise<QueuePage['counts']> => {
  const sum = { held: 0, flagged: 0, appeals: 0, spam: 0, all: 0 }
  const { results } = await env.DB.prepare('SELECT id FROM sites').all<{ id: string }>()
  for (const { id } of results) {
    const { counts } = await queue(`site=${id}`)
    for (const tab of ['held', 'flagged', 'appeals', 'spam', 'all'] as const) sum[tab] += counts[tab]
  }
  return sum
}

it('what many sites count in all is what each counts, and is read as one row', async () => {
  const { comment } = await approved({}, {}, 'site-7')
  await decided((await posted({}, {}, 'site-8')).comment.id, 'spam')
  await posted({}, {}, 'site-9')
  for (const token of ['one', 'two', 'three'])
    await call('POST', `/v1/sites/site-7/comments/${comment.id}/flags`, {
      token: `reader-${token}-0123456789abcdefghij`,
      body: { reason: 'spam' },
    })
  const { result, rowsRead } = await costOf(() => queue('tab=held'))
  expect(result.counts).toEqual(await ofEach())
  expect(result.counts).toMatchObject({ held: 2, spam: 1, all: 4 })
  expect(rowsRead).toBeLessThan(sites / 2)

  const etag = (await asOperator('GET', '/v1/queue')).headers.get('etag') ?? ''
  const ask = () =>
    call('GET', '/v1/queue', {
      headers: { authorization: `Bearer ${env.OPERATOR_KEY}`, 'if-none-match': etag },
      origin: null,
    })
  expect((await ask()).status).toBe(304)
  while (!(await json<{ done: boolean }>(asOperator('DELETE', '/v1/sites/site-8'))).done);
  expect((await ask()).status).toBe(200)
  expect((await queue()).counts).toEqual(await ofEach())
  expect((await queue()).counts).toMatchObject({ spam: 0, all: 3 })
})
