import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { QueuePage } from '../../../worker/contract/queue.ts'
import { addSite, json, posted } from '../product.ts'
import { type Ask, signedIn } from '../staffed.ts'
import { costOf, scansIn } from '../trips.ts'

const sites = Array.from({ length: 12 }, (_, at) => `site-${at}`)
const [of, limit] = [20, 10]
const statuses = ['pending', 'spam', 'approved', 'rejected', 'deleted']

/** Who has the first ten of twelve sites. */
let ask: Ask

beforeEach(async () => {
  for (const id of sites) await addSite({ id, name: id })
  ask = (await signedIn('Mo', 'moderator', sites.slice(0, 10))).ask
  for (const site of sites) await posted({}, {}, site)
  // Two hundred of each site, many at one time, a site of its own status each second.
  await env.DB.prepare(
    `INSERT INTO comments (id, site_id, thread_id, author_id, author_public_id, page_url, page_title, name, body, content,
       body_hash, request_hash, created_at, elapsed_ms, trapped, status, shown_revision)
     WITH n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ${of * statuses.length})
     SELECT site_id || '-' || n, site_id, thread_id, author_id, author_public_id, page_url, page_title, name, body, content,
       body_hash, request_hash, 1000 * (n / 7), elapsed_ms, trapped, ?1 ->> (n % 5),
       iif(?1 ->> (n % 5) = 'approved', 1, NULL)
     FROM n, comments`,
  )
    .bind(JSON.stringify(statuses))
    .run()
})

const page = (query: string) => json<QueuePage>(ask('GET', `/v1/queue?limit=${limit}&${query}`))

/** All pages of a list, one after the other. */
async function all(query: string): Promise<QueuePage['items']> {
  const { items, next } = await page(query)
  return next === null
    ? items
    : [...items, ...(await all(`${query.replace(/&cursor=.*/, '')}&cursor=${next}`))]
}

describe('The queue of who has many sites', () => {
  it.each([
    ['held', 10 * (of + 1), 1],
    ['spam', 10 * of, -1],
    ['all', 10 * (of * statuses.length + 1), -1],
  ])('has all of %s, in order, none twice, and none of other sites', async (tab, count, way) => {
    const items = await all(`tab=${tab}`)
    expect(new Set(items.map(({ id }) => id)).size).toBe(count)
    expect(items).toHaveLength(count)
    expect(new Set(items.map(({ site }) => site.id))).toEqual(new Set(sites.slice(0, 10)))
    const times = items.map(({ createdAt }) => createdAt)
    expect(times).toEqual(way > 0 ? times.toSorted() : times.toSorted().reverse())
  })

  it('reads a page and the heads of its lists, not a page of each site', async () => {
    for (const [tab, lists] of [
      ['held', 1],
      ['spam', 1],
      ['all', 5],
    ] as const) {
      const { result, rowsRead, statements } = await costOf(() => page(`tab=${tab}`))
      expect(result.items).toHaveLength(limit)
      expect(rowsRead).toBeLessThanOrEqual(20 * (limit + 1) + 6 * 10 * (lists - 1))
      expect(await scansIn(statements)).toEqual([])
    }
  })
})
