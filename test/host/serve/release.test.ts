import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { brotliDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { QueueItem, QueuePage } from '../../../worker/contract/queue.ts'
import type { ThreadPage } from '../../../worker/contract/thread.ts'
import { root } from '../../../worker/host/paths.ts'
import { Product } from '../../server.ts'

/** A data folder that release 0.1.0 made: a demo of which people decided 130 comments, and what readers did. */
const fixture = join(root, 'test/fixtures/release-0.1.0')
/** The moderator API token that was made with it. */
const token = 'hk_sK7lwkxmhaR8tHB4n21QAK1BTujnVLtOEyxqEzB8-9o'
const withdrawn = ['www.spam-name.example', 'Leaky words', 'Wanda Withdrawn', 'wanda@example.com']

const databaseIn = (data: string) =>
  join(
    data,
    'v3/d1/miniflare-D1DatabaseObject/9ba2b04bf514d9facfd57ed57d849e77241a7adc99d1c1545d06688b43d84248.sqlite',
  )

/** Rows of a database file, by a query. */
function rows(file: string, query: string) {
  const db = new DatabaseSync(file, { readOnly: true })
  try {
    return db
      .prepare(query)
      .all()
      .map((row) => ({ ...row }))
  } finally {
    db.close()
  }
}

describe('a data folder of release 0.1.0', () => {
  let product: Product
  let old: string
  let data: string

  beforeAll(async () => {
    data = await mkdtemp(join(tmpdir(), 'hankyo-release-'))
    old = join(data, 'before.sqlite')
    await mkdir(join(databaseIn(data), '..'), { recursive: true })
    await writeFile(old, brotliDecompressSync(await readFile(join(fixture, 'database.sqlite.br'))))
    await copyFile(old, databaseIn(data))
    for (const name of ['secrets.json', 'demo.json']) await copyFile(join(fixture, name), join(data, name))
    product = await Product.start({ dataDir: data })
  })
  afterAll(async () => {
    await product?.stop()
    await rm(data, { recursive: true, force: true })
  })

  async function ask<Data>(path: string): Promise<Data> {
    const answer = await fetch(product.url + path, { headers: { authorization: `Bearer ${token}` } })
    expect(answer.status, path).toBe(200)
    return answer.json() as Promise<Data>
  }

  /** Every comment as moderators see it. */
  async function everyComment() {
    const items: QueueItem[] = []
    let next: string | null = ''
    while (next !== null) {
      const page: QueuePage = await ask(`/v1/queue?tab=all&limit=100${next && `&cursor=${next}`}`)
      items.push(...page.items)
      next = page.next
    }
    return items
  }

  test('opens and keeps every comment with its words, author and state', async () => {
    const before = rows(old, 'SELECT id, status, revision, body, name, email, url FROM comments ORDER BY id')
    const after = (await everyComment()).map(({ id, status, revision, body, author }) => ({
      id,
      status,
      revision,
      body,
      name: author.name,
      email: author.email,
      url: author.url,
    }))
    expect(before.length).toBeGreaterThan(300)
    expect(after.sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(before)
  })

  test('shows readers the same threads', async () => {
    for (const { key, count, title } of rows(old, 'SELECT key, count, title FROM threads WHERE count > 0')) {
      const path = `/v1/sites/demo/thread?key=${encodeURIComponent(String(key))}`
      const { thread } = await ask<ThreadPage>(path)
      expect(thread).toMatchObject({ key, count, title })
    }
  })

  test('keeps the sites with their settings, lists and bans', async () => {
    const { items } = await ask<{ items: { id: string }[] }>('/v1/sites')
    expect(items).toMatchObject([
      { id: 'blog', name: 'Second blog', policy: 'postmoderate', origins: ['https://blog.example'] },
      {
        id: 'demo',
        policy: 'trusted',
        settings: {
          maxLinks: 5,
          flagThreshold: 2,
          holdNight: { from: 23, to: 6, timeZone: 'Asia/Tokyo' },
        },
      },
    ])
    expect(await ask('/v1/sites/demo/word-lists')).toMatchObject({
      items: expect.arrayContaining([{ list: 'hold', entries: ['casino', '引用'] }]),
    })
    expect(await ask('/v1/bans')).toMatchObject({ items: [{ kind: 'domain', value: 'spam.example' }] })
  })

  test('keeps every decision and lesson, and what was learnt still judges', async () => {
    // A model is made anew by itself where its form is another one.
    const known = async () => {
      const { items } = await ask<{ items: { automation: object }[] }>('/v1/stats?site=demo')
      return items[0]?.automation
    }
    await expect
      .poll(known, { timeout: 120_000, interval: 500 })
      .toMatchObject({ learnt: { fine: 130, spam: 57 }, upToDate: true })
    const decisions =
      'SELECT id, comment_seq, action, actor_kind, status_after, undone_at FROM decisions ORDER BY id'
    expect(rows(databaseIn(data), decisions)).toEqual(rows(old, decisions))
    // What was refused for other reasons was no lesson then, and is one now.
    const lessons = `SELECT site_id, comment_seq, label FROM lessons WHERE label <> 'refused' ORDER BY comment_seq`
    expect(rows(databaseIn(data), lessons)).toEqual(rows(old, lessons))
  })

  test('has a log that reads as before, without the words of who took their comment back', async () => {
    const log = JSON.stringify(await everyEntry())
    expect(withdrawn.filter((words) => log.includes(words))).toEqual([])
    expect(await everyEntry()).toHaveLength(rows(old, 'SELECT id FROM audit_log').length)
  })

  async function everyEntry() {
    const entries: unknown[] = []
    let next: string | null = ''
    while (next !== null) {
      const page: { items: unknown[]; next: string | null } = await ask(
        `/v1/audit-log${next && `?cursor=${next}`}`,
      )
      entries.push(...page.items)
      next = page.next
    }
    return entries
  }

  test('undoes a decision that was taken before', async () => {
    const approved = (await everyComment()).find(({ decision }) => decision?.action === 'approve')
    const undone = await fetch(`${product.url}/v1/decisions/${approved?.decision?.id}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${token}` },
    })
    expect(undone.status).toBe(200)
    expect(await undone.json()).toMatchObject({ commentId: approved?.id, status: 'pending' })
  })
})
