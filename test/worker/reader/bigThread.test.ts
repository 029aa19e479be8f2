import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Counts, ThreadPage } from '../../../worker/contract/thread.ts'
import { fill, reading } from '../crowd.ts'
import { addSite, approved, asOperator, call, decided, json, posted, thread } from '../product.ts'
import { costOf, plansOf } from '../trips.ts'

beforeEach(() => addSite())

const path = (query: string) => `/v1/sites/blog/thread?${query}`

describe('A big thread', () => {
  it('comes in pages of roots with their first replies, and the rest on demand', async () => {
    await fill({ roots: 120, replies: 25 })
    const seen: string[] = []
    let cursor: string | null = ''
    let pages = 0
    while (cursor !== null) {
      const page: ThreadPage = await thread(`key=/post${cursor && `&cursor=${cursor}`}`)
      for (const item of page.items) {
        seen.push(item.id)
        let more = item.replies.next
        while (more !== null) {
          const branch: ThreadPage = await thread(`key=/post&cursor=${more}`)
          seen.push(...branch.items.map(({ id }) => id))
          more = branch.next
        }
      }
      cursor = page.next
      pages++
    }
    expect(pages).toBe(3)
    expect(seen).toHaveLength(120 + 120 * 25)
    expect(new Set(seen).size).toBe(seen.length)
  })

  it('gives the same comments in each order', async () => {
    await fill({ roots: 60, replies: 0 })
    const ids = async (sort: string) => {
      const one = await thread(`key=/post&sort=${sort}`)
      const two = await thread(`key=/post&sort=${sort}&cursor=${one.next}`)
      return [...one.items, ...two.items].map(({ id }) => id)
    }
    const oldest = await ids('oldest')
    expect(await ids('newest')).toEqual(oldest.toReversed())
    expect([...(await ids('top'))].sort()).toEqual([...oldest].sort())
  })

  it.each([
    { roots: 100, replies: 0 },
    { roots: 100_000, replies: 0 },
    { roots: 1000, replies: 9 },
    { roots: 60, replies: 10 },
  ])('costs no more than a row and a half a comment shown: %o', async (size) => {
    await fill(size)
    for (const sort of ['oldest', 'newest', 'top']) {
      const { shown, rowsRead } = await reading(() => thread(`key=/post&sort=${sort}`))
      expect(shown).toBeGreaterThanOrEqual(50)
      expect(rowsRead).toBeLessThanOrEqual(1.5 * shown)
    }
  })

  it('costs seventy rows more where it begins at a comment, however few come after that', async () => {
    await fill({ roots: 1000, replies: 9 })
    for (const [sort, last] of [
      ['oldest', 1000],
      ['newest', 1],
      ['top', 1],
    ])
      for (const id of [`root-${last}`, `reply-${last}-9`]) {
        const { shown, rowsRead } = await reading(() => thread(`key=/post&sort=${sort}&around=${id}`))
        expect(shown).toBe(10)
        expect(rowsRead).toBeLessThanOrEqual(3 * shown + 70)
      }
  })

  it('costs one row to be told that nothing has changed', async () => {
    await fill({ roots: 1000, replies: 0 })
    const etag = (await call('GET', path('key=/post'))).headers.get('etag') ?? ''
    const { rowsRead } = await reading(async () => {
      const answer = await call('GET', path('key=/post'), { headers: { 'if-none-match': etag } })
      expect(answer.status).toBe(304)
      return { items: [] }
    })
    expect(rowsRead).toBeLessThanOrEqual(2)
  })

  it('is read through its indexes, without scanning or sorting', async () => {
    await fill({ roots: 100, replies: 3 })
    const { statements } = await costOf(async () => {
      for (const sort of ['oldest', 'newest', 'top']) await thread(`key=/post&sort=${sort}`)
    })
    const plans = await plansOf(statements)
    const scans = plans.filter(
      (step) => /SCAN|TEMP B-TREE/.test(step) && !/json_each|VIRTUAL TABLE|SCAN \(subquery/.test(step),
    )
    expect(plans.length).toBeGreaterThan(6)
    expect(scans).toEqual([])
  })

  it('has the page of any comment, however far down, and the way up from there', async () => {
    await fill({ roots: 4000, replies: 0 })
    for (const sort of ['oldest', 'newest', 'top']) {
      const asked = `key=/post&sort=${sort}`
      let page: ThreadPage | undefined
      const { rowsRead, shown } = await reading(async () => {
        page = await thread(`${asked}&around=root-3517`)
        return page
      })
      expect(page?.items[0]?.id).toBe('root-3517')
      expect(rowsRead).toBeLessThanOrEqual(3 * shown)
      const before = await thread(`${asked}&cursor=${page?.previous}`)
      const step = sort === 'oldest' ? -1 : 1
      expect(before.items.at(-1)?.id).toBe(`root-${3517 + step}`)
      expect(before.items).toHaveLength(50)
      const again = await thread(`${asked}&cursor=${before.next}`)
      expect(again.items[0]?.id).toBe('root-3517')
    }
  })

  it('has no way up from its first page', async () => {
    await fill({ roots: 120, replies: 0 })
    expect(await thread('key=/post')).not.toHaveProperty('previous')
    expect(await thread('key=/post&around=root-7')).not.toHaveProperty('previous')
    const second = await thread('key=/post&around=root-60')
    const first = await thread(`key=/post&cursor=${second.previous}`)
    expect(first.items.map(({ id }) => id)).toEqual(Array.from({ length: 50 }, (_, i) => `root-${10 + i}`))
    const top = await thread(`key=/post&cursor=${first.previous}`)
    expect(top.items).toHaveLength(9)
    expect(top).not.toHaveProperty('previous')
  })

  it('has a reply deep in a long branch beside its root, with those it hangs on', async () => {
    await fill({ roots: 3, replies: 60 })
    const parent = await env.DB.prepare("SELECT seq FROM comments WHERE id = 'reply-2-40'").first<{
      seq: number
    }>()
    await env.DB.prepare(
      "UPDATE comments SET parent_id = 'reply-2-40', parent_seq = ? WHERE id = 'reply-2-50'",
    )
      .bind(parent?.seq)
      .run()
    const { items } = await thread('key=/post&around=reply-2-50')
    const ids = items.map(({ id }) => id)
    expect(ids.slice(ids.indexOf('root-2'), ids.indexOf('root-3'))).toEqual([
      'root-2',
      ...Array.from({ length: 10 }, (_, i) => `reply-2-${i + 1}`),
      'reply-2-40',
      ...Array.from({ length: 10 }, (_, i) => `reply-2-${i + 50}`),
    ])
    expect(items.find(({ id }) => id === 'root-2')?.replies.next).toBeTruthy()
  })

  it('tells no more of a hidden comment that is linked to than of one that never was', async () => {
    await fill({ roots: 60, replies: 0 })
    const hidden = await posted()
    const text = async (id: string) => (await call('GET', path(`key=/post&around=${id}`))).text()
    expect(await text(hidden.comment.id)).toBe(await text(crypto.randomUUID()))
  })
})

describe('What is new in a thread', () => {
  it('is what came to be shown since a version, in that order, replies too', async () => {
    const first = await approved()
    const late = await posted()
    const { version } = (await thread()).thread
    expect((await thread(`key=/post&since=${version}`)).items).toEqual([])
    const reply = await approved({ parentId: first.comment.id })
    await decided(late.comment.id, 'approve')
    const page = await thread(`key=/post&since=${version}`)
    expect(page.items.map(({ id }) => id)).toEqual([reply.comment.id, late.comment.id])
    expect(page.thread.count).toBe(3)
    expect((await thread(`key=/post&since=${page.thread.version}`)).items).toEqual([])
  })

  it('is another text, too, of staff or of an author, as long as readers see it', async () => {
    const [one, two, three] = [await approved(), await approved(), await approved()]
    const id = one.comment.id
    const { version } = (await thread()).thread
    const since = async (of: number) => (await thread(`key=/post&since=${of}`)).items
    const edit = (revision: number, keepFormer: boolean) => ({
      revision,
      body: `Text ${revision}`,
      keepFormer,
    })
    await json(asOperator('PATCH', `/v1/comments/${id}`, edit(1, true)))
    expect(await since(version)).toMatchObject([{ id, editedBy: 'staff' }])
    const after = (await thread()).thread.version
    expect(await since(after)).toEqual([])
    await json(asOperator('PATCH', `/v1/comments/${id}`, edit(2, false)))
    const change = { body: 'Of its author', revision: 1 }
    const own = `/v1/sites/blog/comments/${two.comment.id}`
    await json(call('PATCH', own, { body: change, token: two.token }))
    expect((await since(after)).map((comment) => comment.id)).toEqual([id])
    const ruling = { commentId: two.comment.id, revision: 2, action: 'approve' }
    await json(asOperator('POST', '/v1/decisions', [ruling]))
    const texts = (await since(after)).map(({ content }) => JSON.stringify(content))
    expect(texts).toEqual([expect.stringContaining('Text 2'), expect.stringContaining('Of its author')])
    await json(asOperator('POST', '/v1/decisions', [{ commentId: id, revision: 3, action: 'reject' }]))
    expect((await since(version)).map((comment) => comment.id)).toEqual([two.comment.id])
    // What is new, and has another text by now, comes once.
    const four = await approved()
    await json(asOperator('PATCH', `/v1/comments/${four.comment.id}`, edit(1, true)))
    const last = (await since(version)).map((comment) => comment.id)
    expect(last).toEqual([two.comment.id, four.comment.id])
    expect(last).not.toContain(three.comment.id)
  })

  it('comes one after the other, though it was decided together', async () => {
    const root = await approved()
    const posts = [await posted(), await posted({ parentId: root.comment.id }), await posted()]
    const ids = posts.map(({ comment }) => comment.id)
    const since = async (version: number) =>
      (await thread(`key=/post&since=${version}`)).items.map(({ id }) => id)
    const { version } = (await thread()).thread
    const together = ids.map((commentId) => ({ commentId, revision: 1, action: 'approve' }))
    await json(asOperator('POST', '/v1/decisions', together))
    expect(await since(version)).toEqual(ids)
    expect(await since(version + 1)).toEqual(ids.slice(1))
    expect((await thread()).thread).toMatchObject({ version: version + 3, count: 4 })
  })

  it('leaves out what is hidden again, and has what came back', async () => {
    await approved()
    const { version } = (await thread()).thread
    const { comment: one } = await approved()
    await decided(one.id, 'reject')
    expect((await thread(`key=/post&since=${version}`)).items).toEqual([])
    const now = (await thread()).thread.version
    await decided(one.id, 'approve')
    expect((await thread(`key=/post&since=${now}`)).items.map(({ id }) => id)).toEqual([one.id])
  })

  it('is told by a 304 while there is nothing, and costs few rows where there is', async () => {
    await fill({ roots: 1000, replies: 0 })
    const { version } = (await thread()).thread
    const poll = path(`key=/post&since=${version}`)
    const answer = await call('GET', poll)
    const etag = answer.headers.get('etag') ?? ''
    await answer.text()
    expect((await call('GET', poll, { headers: { 'if-none-match': etag } })).status).toBe(304)
    await approved()
    const busy = await reading(() => thread(`key=/post&since=${version}`))
    expect(busy.shown).toBe(1)
    expect(busy.rowsRead).toBeLessThanOrEqual(13)
  })
})

describe('The counts of a hundred threads', () => {
  it('cost no more than two rows a thread', async () => {
    await approved()
    await env.DB.exec(
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) INSERT INTO threads (site_id, key, count, created_at) SELECT 'blog', '/' || i, i, 0 FROM n",
    )
    const query = Array.from({ length: 100 }, (_, index) => `key=/${index + 1}`).join('&')
    const { result, rowsRead } = await costOf(() =>
      json<Counts>(call('GET', `/v1/sites/blog/counts?${query}`)),
    )
    expect(Object.values(result.counts)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1))
    expect(rowsRead).toBeLessThanOrEqual(205)
  })
})
