import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { ThreadPage } from '../../../worker/contract/thread.ts'
import type { Env } from '../../../worker/env.ts'
import { fill } from '../crowd.ts'
import { fetchIn } from '../jobs.ts'
import { addSite, host, thread } from '../product.ts'
import { costOf } from '../trips.ts'

beforeEach(() => addSite())

/** Bytes that an answer holds at most, whatever was written. */
const most = 300_000

const codes = (length: number) =>
  Array.from({ length }, (_, i) => [{ type: 'code', text: `a${i % 9}` }, ' ']).flat()
const paragraph = (...children: unknown[]) => JSON.stringify([{ type: 'paragraph', children }])

/** Has comments of the thread say something else. */
const say = (content: string, where = 'TRUE') =>
  env.DB.prepare(`UPDATE comments SET content = ? WHERE ${where}`).bind(content).run()

/** Of an answer as it comes: that such trees are as documented takes long to find out. */
const bytesOf = async (path: string) => {
  const answer = await fetchIn(env as unknown as Env, new Request(host + path))
  expect(answer.status).toBe(200)
  return (await answer.arrayBuffer()).byteLength
}

const read = (query: string) => thread(`key=/post${query}`)

/** All comments that one comes to by reading on from a page, branches too. */
async function readOn(query: string): Promise<{ ids: string[]; pages: number }> {
  const ids: string[] = []
  let cursor: string | null = ''
  let pages = 0
  while (cursor !== null) {
    const page: ThreadPage = await read(query + (cursor && `&cursor=${cursor}`))
    for (const { id, replies } of page.items) {
      ids.push(id)
      let more = replies.next
      while (more !== null) {
        const branch: ThreadPage = await read(`${query}&cursor=${more}`)
        ids.push(...branch.items.map((reply) => reply.id))
        more = branch.next
      }
    }
    cursor = page.next
    pages++
  }
  return { ids, pages }
}

const once = (ids: string[]) => new Set(ids).size === ids.length

describe('A page of long comments', () => {
  it.each([
    ['code', paragraph(...codes(950))],
    ['signs that swell', paragraph('<'.repeat(9990))],
    ['quotes', paragraph('"&'.repeat(4990))],
    ['text', paragraph('語'.repeat(9990))],
    ['links', paragraph(...Array(450).fill({ type: 'link', href: 'http://a.b/', children: ['a'] }))],
  ])('ends where it is full, in whatever form: %s', async (_, content) => {
    await fill({ roots: 12, replies: 10 })
    await say(content)
    await env.DB.prepare('UPDATE comments SET shown_version = seq').run()
    const { next, items } = await read('')
    expect(items.length).toBeGreaterThan(1)
    const queries = ['', '&sort=newest', '&sort=top', '&around=root-11', '&around=reply-9-7', '&since=0']
    queries.push(`&cursor=${next}`, `&cursor=${items[0]?.replies.next ?? next}`)
    for (const query of queries)
      expect(await bytesOf(`/v1/sites/blog/thread?key=/post${query}`)).toBeLessThan(most)
    for (const path of [
      '/v1/sites/blog/thread.html?key=/post',
      '/t/blog?key=/post',
      '/t/blog?key=/post&reply=reply-9-7',
    ])
      expect(await bytesOf(path)).toBeLessThan(most)
    for (const query of ['', '?key=/post'])
      for (const format of ['atom', 'json'])
        expect(await bytesOf(`/v1/sites/blog/feed.${format}${query}`)).toBeLessThan(most)
  })

  it.each(['oldest', 'newest', 'top'])(
    'is read on from without a gap, the replies of a root before the next: %s',
    async (sort) => {
      await fill({ roots: 15, replies: 12 })
      await say(paragraph('a'.repeat(28_000)))
      await env.DB.prepare(
        "UPDATE comments SET pinned_at = seq WHERE id IN ('root-2', 'root-9', 'root-14')",
      ).run()
      const { ids, pages } = await readOn(`&sort=${sort}`)
      expect(once(ids)).toBe(true)
      expect(ids).toHaveLength(15 * 13)
      expect(pages).toBe(15)
      const roots = ids.filter((id) => id.startsWith('root'))
      expect(roots.slice(0, 3)).toEqual(['root-2', 'root-9', 'root-14'])
      const { items } = await read(`&sort=${sort}`)
      expect(items.map(({ id }) => id)).toEqual([
        'root-2',
        ...Array.from({ length: 8 }, (_, i) => `reply-2-${i + 1}`),
      ])
    },
  )

  it.each(['thread?key=/post', 'thread.html?key=/post', 'thread?key=/post&cursor=b0.root-1', 'feed.atom'])(
    'costs little more of the database than it shows, at two trips: %s',
    async (path) => {
      await fill({ roots: 40, replies: 12 })
      await say(paragraph('a'.repeat(9990)))
      const { trips, units, rowsRead } = await costOf(() => bytesOf(`/v1/sites/blog/${path}`))
      expect(trips).toBeLessThanOrEqual(path.includes('cursor') ? 3 : 2)
      expect(units).toBeLessThan(2 * most)
      expect(rowsRead).toBeLessThan(4 * 40 * 11)
    },
  )

  it.each(['thread.html', 't'])('of many short comments ends as HTML, too: %s', async (name) => {
    await fill({ roots: 50, replies: 10 })
    await say(paragraph('a word '.repeat(40)))
    expect((await read('')).items).toHaveLength(550)
    const path = name === 't' ? '/t/blog?key=/post' : `/v1/sites/blog/${name}?key=/post`
    const bytes = await bytesOf(path)
    expect(bytes).toBeGreaterThan(200_000)
    expect(bytes).toBeLessThan(most)
  })

  it('of comments that are not long comes in one trip', async () => {
    await fill({ roots: 40, replies: 10 })
    await say(paragraph('a'.repeat(3900)))
    const { trips } = await costOf(() => bytesOf('/v1/sites/blog/thread?key=/post'))
    expect(trips).toBe(1)
  })

  it('has an empty text where a long one is damaged', async () => {
    await fill({ roots: 2, replies: 0 })
    await say(`[{"type":"paragraph","children":["${'a'.repeat(9000)}`, 'seq = 1')
    const { items } = await read('')
    expect(items.map(({ content }) => content)).toEqual([[], ['x']])
  })

  it('is full of pinned ones, and the others follow', async () => {
    await fill({ roots: 20, replies: 0 })
    await say(paragraph('a'.repeat(60_000)))
    await env.DB.prepare('UPDATE comments SET pinned_at = seq WHERE seq <= 8').run()
    const { ids, pages } = await readOn('&sort=newest')
    const pinned = [1, 2, 3, 4, 5, 6, 7, 8]
    expect(ids).toEqual(
      [...pinned, ...Array.from({ length: 12 }, (_, i) => 20 - i)].map((seq) => `root-${seq}`),
    )
    expect(pages).toBe(5)
  })

  it('is read back from without a gap', async () => {
    await fill({ roots: 30, replies: 0 })
    await say(paragraph('a'.repeat(60_000)))
    let page = await read('&around=root-30')
    const ids = page.items.map(({ id }) => id)
    while (page.previous) {
      page = await read(`&cursor=${page.previous}`)
      ids.unshift(...page.items.map(({ id }) => id))
    }
    expect(ids).toEqual(Array.from({ length: 30 }, (_, i) => `root-${i + 1}`))
  })

  it('has the reply that a link leads to, below its root', async () => {
    await fill({ roots: 3, replies: 60 })
    await say(paragraph('a'.repeat(30_000)))
    const { items } = await read('&around=reply-3-50')
    const ids = items.map(({ id }) => id)
    expect(ids[0]).toBe('root-3')
    expect(ids).toContain('reply-3-50')
    expect(once(ids)).toBe(true)
  })

  it('holds one comment always, however long', async () => {
    await fill({ roots: 2, replies: 2 })
    await say(paragraph('a'.repeat(400_000)))
    const { ids } = await readOn('')
    expect(ids).toEqual(['root-1', 'reply-1-1', 'reply-1-2', 'root-2', 'reply-2-1', 'reply-2-2'])
    for (const path of [
      '/v1/sites/blog/thread.html?key=/post',
      '/t/blog?key=/post',
      '/v1/sites/blog/feed.atom',
    ])
      expect(await bytesOf(path)).toBeGreaterThan(400_000)
  })

  it('keeps no place for what is gone', async () => {
    await fill({ roots: 12, replies: 1 })
    await say(paragraph('a'.repeat(60_000)), "id LIKE 'root%'")
    await env.DB.prepare("UPDATE comments SET shown_revision = NULL WHERE id LIKE 'root%'").run()
    expect((await read('')).items).toHaveLength(24)
  })

  it('of what is new tells from where on the rest is asked for', async () => {
    await fill({ roots: 230, replies: 0 })
    await env.DB.batch([
      env.DB.prepare('UPDATE comments SET shown_version = seq'),
      env.DB.prepare('UPDATE threads SET version = 230'),
    ])
    await say(paragraph('a'.repeat(60_000)), 'seq <= 20')
    const ids: string[] = []
    let version = 0
    let polls = 0
    while (version < 230) {
      const page = await read(`&since=${version}`)
      ids.push(...page.items.map(({ id }) => id))
      expect(page.thread.version).toBeGreaterThan(version)
      version = page.thread.version
      polls++
    }
    expect(ids).toEqual(Array.from({ length: 230 }, (_, i) => `root-${i + 1}`))
    expect(polls).toBe(7)
  })
})
