import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { QueuePage } from '../../../worker/contract/queue.ts'
import type { ThreadPage } from '../../../worker/contract/thread.ts'
import { fill } from '../crowd.ts'
import { addSite, approved, asOperator, call, decided, posted, queue, thread } from '../product.ts'
import { costOf } from '../trips.ts'

beforeEach(() => addSite())

const year = 365 * 86_400_000

/** Makes a comment as old as one that was brought in from elsewhere, and arrived last. */
const age = (id: string, years: number) =>
  env.DB.prepare('UPDATE comments SET created_at = created_at - ? WHERE id = ?')
    .bind(years * year, id)
    .run()

const idsOf = ({ items }: { items: { id: string }[] }) => items.map(({ id }) => id)

describe('Comments that arrived late and are old', () => {
  it('stand by their time in a thread, whichever way it is sorted, pages and branches too', async () => {
    const young = (await approved()).comment.id
    const middle = (await approved()).comment.id
    const old = (await approved()).comment.id
    const answer = (await approved({ parentId: young })).comment.id
    const early = (await approved({ parentId: young })).comment.id
    await age(middle, 1)
    await age(old, 2)
    await age(early, 3)
    expect(idsOf(await thread('key=/post'))).toEqual([old, middle, young, early, answer])
    expect(idsOf(await thread('key=/post&sort=newest'))).toEqual([young, early, answer, middle, old])
    expect(idsOf(await thread('key=/post&sort=top'))).toEqual([young, early, answer, middle, old])
    expect(idsOf(await thread(`key=/post&cursor=r0.${old}`))).toEqual([middle, young, early, answer])
    expect(idsOf(await thread(`key=/post&cursor=p0.${young}`))).toEqual([old, middle])
    expect(idsOf(await thread(`key=/post&sort=newest&cursor=r0.${middle}`))).toEqual([old])
    expect(idsOf(await thread(`key=/post&sort=top&cursor=r0.${young}`))).toEqual([middle, old])
    expect(idsOf(await thread(`key=/post&cursor=b0.${early}`))).toEqual([answer])
    expect(idsOf(await thread(`key=/post&cursor=b0.${young}`))).toEqual([early, answer])
  })

  it('stand so on the page without a script and in what search engines read', async () => {
    await approved({ body: 'Written lately' })
    await age((await approved({ body: 'Written long ago' })).comment.id, 2)
    for (const path of ['/t/blog?key=/post', '/v1/sites/blog/thread.html?key=/post']) {
      const text = await (await call('GET', path)).text()
      expect(text.search('Written long ago')).toBeLessThan(text.search('Written lately'))
      const data = text.split('application/ld+json')[1] ?? 'Written long ago, Written lately'
      expect(data.search('Written long ago')).toBeLessThan(data.search('Written lately'))
    }
  })

  it('come last in feeds', async () => {
    const young = (await approved()).comment.id
    const old = (await approved()).comment.id
    await age(old, 2)
    for (const query of ['', '?key=/post']) {
      const feed: { items: { id: string }[] } = await (
        await call('GET', `/v1/sites/blog/feed.json${query}`)
      ).json()
      expect(idsOf(feed)).toEqual([`urn:uuid:${young}`, `urn:uuid:${old}`])
    }
  })

  it('have waited longest in the queue, and are the last of the other tabs', async () => {
    const ids = await Promise.all([posted(), posted(), posted()])
    const [young = '', middle = '', old = ''] = ids.map(({ comment }) => comment.id)
    await age(middle, 1)
    await age(old, 2)
    for (const of of ['', '&site=blog']) {
      expect(idsOf(await queue(`tab=held${of}`))).toEqual([old, middle, young])
      expect(idsOf(await queue(`tab=all${of}`))).toEqual([young, middle, old])
      const first: QueuePage = await queue(`tab=held&limit=1${of}`)
      expect(idsOf(await queue(`tab=held&limit=9${of}&cursor=${first.next}`))).toEqual([middle, young])
    }
    const health: { oldestPendingSeconds: number } = await (await asOperator('GET', '/v1/health')).json()
    expect(health.oldestPendingSeconds).toBeGreaterThan(year / 1000)
    await decided(young, 'spam')
    await decided(old, 'spam')
    expect(idsOf(await queue('tab=spam'))).toEqual([young, old])
  })
})

describe('Comments of one and the same time', () => {
  it('stand as they arrived, and a page of them costs what any page costs', async () => {
    await fill({ roots: 20_000, replies: 0 })
    await env.DB.prepare('UPDATE comments SET created_at = 5').run()
    for (const sort of ['oldest', 'newest', 'top']) {
      let page: ThreadPage | undefined
      const { rowsRead } = await costOf(async () => {
        page = await thread(`key=/post&sort=${sort}&cursor=r0.root-10000`)
      })
      const step = sort === 'oldest' ? 1 : -1
      expect(page && idsOf(page)).toEqual(
        Array.from({ length: 50 }, (_, at) => `root-${10_000 + step * (at + 1)}`),
      )
      expect(rowsRead).toBeLessThanOrEqual(4 * 50)
    }
    const cost = await costOf(() => queue('tab=all&site=blog&limit=50&cursor=10000'))
    expect(cost.result.items[0]?.id).toBe('root-9999')
    expect(cost.rowsRead).toBeLessThanOrEqual(6 * 50)
  })
})
