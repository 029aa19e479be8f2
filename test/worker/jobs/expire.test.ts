import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { counting } from '../counted.ts'
import { begun, imported, slice } from '../importing.ts'
import { losing, sweepAt, sweepComments } from '../jobs.ts'
import {
  addSite,
  approved,
  asOperator,
  call,
  comment,
  decide,
  decided,
  json,
  post,
  posted,
  queue,
  screened,
  thread,
} from '../product.ts'
import { log, study } from '../school.ts'

beforeEach(() => addSite())

const day = 86_400_000

/** What the cron does once a comment of now is so many days old. */
const sweepAfter = (days: number, environment = losing) =>
  sweepComments(Date.now() + days * day + 3_600_000, environment)

/** Posts a comment that a person decides, and a later one, since the last comment of all stays. */
async function settled(action: 'spam' | 'reject' | 'delete', more: Parameters<typeof posted>[0] = {}) {
  const made = await posted(more)
  await screened(made.comment.id)
  const { decisionId } = await decided(made.comment.id, action)
  await approved({ key: '/later' })
  return { ...made, id: made.comment.id, decisionId }
}

const ids = async () => (await queue('tab=all')).items.map(({ id }) => id)

const set = (settings: Record<string, unknown>) => json(asOperator('PATCH', '/v1/sites/blog', { settings }))

const rows = async <Row>(query: string) => (await env.DB.prepare(query).all<Row>()).results

/** Tables with rows of comments that are not there. */
async function orphans(): Promise<string[]> {
  const tables = await rows<{ name: string }>(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%comment_seq%' AND name NOT IN ('lessons') AND name NOT GLOB 'kept_*'",
  )
  const found: string[] = []
  for (const { name } of tables)
    if (
      (await rows(`SELECT 1 FROM ${name} WHERE comment_seq NOT IN (SELECT seq FROM comments) LIMIT 1`)).length
    )
      found.push(name)
  return found
}

/** The site's counters as they are kept, and as its comments say. */
async function counters() {
  const [kept] = await rows("SELECT held, spam, total FROM tallies WHERE site_id = 'blog'")
  const [counted] = await rows(
    "SELECT sum(status = 'pending') AS held, sum(status = 'spam') AS spam, count(*) AS total FROM comments",
  )
  const authors = await rows(
    `SELECT 1 FROM authors a WHERE (rejected, spam) <>
       (SELECT coalesce(sum(status = 'rejected'), 0), coalesce(sum(status = 'spam'), 0) FROM comments WHERE author_id = a.id)`,
  )
  return { kept, counted, authors: authors.length }
}

describe('What is not published', () => {
  it('is removed with all that belongs to it, once its time is over', async () => {
    const shown = await approved({ body: 'Words that stay' })
    const spam = await settled('spam', {
      key: '/spam',
      body: 'Buy at https://spam.example now, and tell all others',
    })
    const deleted = await settled('delete')
    const rejected = await settled('reject')
    const held = await posted()
    await screened(held.comment.id)
    await study('blog')
    await env.DB.prepare(
      'INSERT INTO second_looks (comment_seq, site_id, asked_at) SELECT seq, site_id, 1 FROM comments WHERE id = ?',
    )
      .bind(spam.id)
      .run()

    await sweepAfter(29)
    expect(await ids()).toEqual(expect.arrayContaining([spam.id, deleted.id]))
    // A site is looked at once a day.
    await sweepAfter(31)
    const left = await ids()
    for (const { id } of [spam, deleted]) expect(left).not.toContain(id)
    for (const { id } of [shown.comment, rejected, held.comment]) expect(left).toContain(id)
    expect(await orphans()).toEqual([])
    const { kept, counted, authors } = await counters()
    expect(kept).toEqual(counted)
    expect(authors).toBe(0)
    expect(await rows("SELECT key FROM threads WHERE key = '/spam'")).toEqual([])
    expect(await rows('SELECT 1 FROM lessons')).toHaveLength(5)
    const [entry] = await log()
    expect(entry).toMatchObject({ act: 'comments.expire', details: { count: 2 }, comment: null })
    expect((await asOperator('DELETE', `/v1/decisions/${spam.decisionId}`)).status).toBe(404)
    expect((await call('GET', `/v1/sites/blog/comments/${spam.id}`, { token: spam.token })).status).toBe(404)
  })

  it('is kept for as long as its site says', async () => {
    await set({ spamDays: 0, rejectedDays: 5, pendingDays: 10 })
    const spam = await settled('spam')
    const rejected = await settled('reject')
    const held = await posted()
    await screened(held.comment.id)
    await approved()
    await sweepAfter(7)
    expect(await ids()).toEqual(expect.arrayContaining([spam.id, held.comment.id]))
    expect(await ids()).not.toContain(rejected.id)
    await sweepAfter(40)
    expect(await ids()).toContain(spam.id)
    expect(await ids()).not.toContain(held.comment.id)
  })

  it('counts from the last decision about it, and a shorter time from a day after it was set', async () => {
    const spam = await settled('spam')
    await env.DB.prepare('UPDATE comments SET created_at = created_at - ?')
      .bind(60 * day)
      .run()
    await sweepAfter(0)
    expect(await ids()).toContain(spam.id)
    await set({ spamDays: 1 })
    await sweepAfter(0.9)
    expect(await ids()).toContain(spam.id)
    await sweepAfter(2)
    expect(await ids()).not.toContain(spam.id)
  })

  it('goes in time where another setting is changed', async () => {
    const spam = await settled('spam')
    for (const [table, column] of [
      ['comments', 'created_at'],
      ['decisions', 'decided_at'],
    ])
      await env.DB.prepare(`UPDATE ${table} SET ${column} = ${column} - ?`)
        .bind(60 * day)
        .run()
    await set({ maxLinks: 5 })
    await sweepAfter(0)
    expect(await ids()).not.toContain(spam.id)
  })

  it('goes in time where the one that the last look ended with is gone', async () => {
    await set({ spamDays: 60, deletedDays: 1 })
    const [first, second] = [await settled('spam'), await settled('spam')]
    const older = (table: string, column: string, days: number, id: string) =>
      env.DB.prepare(`UPDATE ${table} SET ${column} = ${column} - ? WHERE id = ?`).bind(days * day, id)
    await env.DB.batch([
      older('comments', 'created_at', 100, first.id),
      older('comments', 'created_at', 50, second.id),
      older('decisions', 'decided_at', 50, second.decisionId),
    ])
    await sweepAfter(2)
    await decided(first.id, 'delete')
    await sweepAfter(4)
    expect(await ids()).not.toContain(first.id)
    expect(await ids()).toContain(second.id)
    await sweepAfter(12)
    expect(await ids()).not.toContain(second.id)
  })

  it('loses its words and stays where others answered it', async () => {
    const parent = await approved({ body: 'Xylophonic words' })
    const { comment: answer } = await approved({ parentId: parent.comment.id, body: 'An answer' })
    const { decisionId } = await decided(parent.comment.id, 'delete', { reason: 'Xylophonic, too' })
    await sweepAfter(31)
    const texts = await rows(
      'SELECT c.body, d.reason FROM comments c LEFT JOIN decisions d ON d.comment_seq = c.seq',
    )
    expect(JSON.stringify(texts)).not.toContain('Xylophonic')
    expect(JSON.stringify(await thread())).toContain(answer.id)
    expect((await asOperator('DELETE', `/v1/decisions/${decisionId}`)).status).toBe(409)
    expect((await decide(parent.comment.id, 'restore')).status).toBe(404)
    await sweepAfter(32)
    expect(await ids()).toContain(parent.comment.id)
  })

  it('takes a banned author’s token along no more than their words', async () => {
    const { token, comment: made } = await settled('spam')
    const value = made.author.id
    await json(asOperator('POST', '/v1/bans', { siteId: 'blog', kind: 'author', value }), 201)
    await sweepAfter(31)
    expect(await ids()).not.toContain(made.id)
    expect((await post(comment(), { token })).status).toBe(403)
  })

  it('is removed some at a time, so that a run costs the same however much there is', async () => {
    await settled('spam')
    const copy = (from: number, to: number) =>
      env.DB.prepare(
        `WITH RECURSIVE n (i) AS (SELECT ?1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2)
         INSERT INTO comments (seq, id, site_id, thread_id, author_id, author_public_id, name, status, body, content,
           body_hash, request_hash, created_at, elapsed_ms, verdict)
         SELECT -i, i, site_id, thread_id, author_id, author_public_id, name, 'spam', '', '[]', '', '', created_at, 0, 'spam'
         FROM n JOIN (SELECT * FROM comments WHERE status = 'spam' LIMIT 1)`,
      )
        .bind(from, to)
        .run()
    // Each hour begins with a minute in which what is old elsewhere is forgotten, too.
    const start = Math.ceil(Date.now() / 3_600_000) * 3_600_000 + 31 * day
    const runs = async (...minutes: number[]) => {
      const costs: number[][] = []
      for (const minute of minutes) {
        const { environment, count } = counting(losing)
        await sweepAt(start + minute * 60_000, environment)
        costs.push([count.read, count.statements])
      }
      return costs
    }
    const spam = async () =>
      (await rows<{ n: number }>("SELECT count(*) AS n FROM comments WHERE status = 'spam'"))[0]?.n
    await copy(1, 150)
    await env.DB.prepare("UPDATE tallies SET spam = 151, total = total + 150 WHERE site_id = 'blog'").run()
    const few = await runs(0, 1, 2)
    expect(await spam()).toBe(51)
    await copy(1000, 3000)
    const many = await runs(60, 61, 63)
    expect(await spam()).toBe(51 + 2001 - 100)
    for (const [read, statements] of [...few, ...many]) {
      expect(statements).toBeLessThanOrEqual(49)
      expect(read).toBeLessThan(50 * 28)
    }
  })

  it('is walked through once where it was brought lately, and goes when its own time is over', async () => {
    const { id } = await begun()
    for (let part = 0; part < 3; part++)
      await json(
        slice(
          id,
          Array.from({ length: 40 }, () => imported({ status: 'spam' })),
        ),
      )
    await json(asOperator('PATCH', `/v1/imports/${id}`, { state: 'done' }))
    await approved()
    // Not the first minute of an hour, in which none goes.
    const start = Math.ceil(Date.now() / 300_000) * 300_000 + 60_000
    const readAt = async (time: number) => {
      const { environment, count } = counting(losing)
      await sweepAt(start + time, environment)
      return count.read
    }
    const spam = async () => (await queue('tab=spam&limit=100')).counts.spam
    const [first, , , fourth] = [
      await readAt(0),
      await readAt(60_000),
      await readAt(120_000),
      await readAt(180_000),
    ]
    expect(await spam()).toBe(120)
    for (const later of [fourth, await readAt(day), await readAt(2 * day), await readAt(29 * day)])
      expect(later).toBeLessThan((first as number) / 2)
    for (let minute = 0; minute < 3; minute++) await readAt(31 * day + minute * 60_000)
    expect(await spam()).toBe(0)
  })

  it('stays as long as its author waits for an answer', async () => {
    await set({ pendingDays: 3, rejectedDays: 3 })
    const refused = await settled('reject')
    const path = `/v1/sites/blog/comments/${refused.id}/appeal`
    await json(call('POST', path, { token: refused.token, body: { note: 'Please look again' } }))
    await sweepAfter(10)
    expect(await ids()).toContain(refused.id)
    await decided(refused.id, 'reject')
    await sweepAfter(10)
    expect(await ids()).toContain(refused.id)
    await sweepAfter(20)
    expect(await ids()).not.toContain(refused.id)
  })
})
