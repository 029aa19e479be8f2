import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { SiteRemoval } from '../../../worker/contract/site.ts'
import {
  addSite,
  approved,
  asOperator,
  call,
  comment,
  decided,
  json,
  post,
  posted,
  thread,
} from '../product.ts'

beforeEach(() => addSite())

const removal = () => json<SiteRemoval>(asOperator('DELETE', '/v1/sites/blog'))

/** Removes all of it. @returns the comments that went each time */
async function removeAll(): Promise<number[]> {
  const times: number[] = []
  for (;;) {
    const { comments, done } = await removal()
    if (done) return times
    if (comments) times.push(comments)
  }
}

/** Rows of a site in each table that has some, by its column or by its comments; other tests keep rows apart (`kept_`). */
async function rowsOf(site: string): Promise<Record<string, number>> {
  const { results: tables } = await env.DB.prepare(
    "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT IN ('events') AND name NOT GLOB 'sqlite_*' AND name NOT GLOB 'kept_*'",
  ).all<{ name: string; sql: string }>()
  const found: Record<string, number> = {}
  for (const { name, sql } of tables) {
    const where = /\bsite_id\b/.test(sql)
      ? 'site_id = ?'
      : /\bcomment_seq\b/.test(sql)
        ? '? IS NOT NULL AND comment_seq NOT IN (SELECT seq FROM comments)'
        : null
    if (!where) continue
    const row = await env.DB.prepare(`SELECT count(*) AS n FROM ${name} WHERE ${where}`)
      .bind(site)
      .first<{ n: number }>()
    if (row?.n) found[name] = row.n
  }
  return found
}

/** A site with something in every place that a comment leaves traces in. */
async function lived(): Promise<void> {
  const { comment: one, token } = await approved({ body: 'A link to https://linked.example' })
  const { comment: answer } = await approved({ parentId: one.id, body: 'An answer' })
  await posted({ body: 'Waits' })
  await decided((await posted({ body: 'Buy now' })).comment.id, 'spam')
  const reader = { token: 'reader-token-0123456789abcdefghij' }
  await call('PUT', `/v1/sites/blog/comments/${one.id}/like`, reader)
  await call('POST', `/v1/sites/blog/comments/${answer.id}/flags`, { ...reader, body: { reason: 'spam' } })
  await call('PATCH', `/v1/sites/blog/comments/${one.id}`, { token, body: { body: 'Edited', revision: 1 } })
  await json(asOperator('POST', '/v1/bans', { siteId: 'blog', kind: 'domain', value: 'bad.example' }), 201)
  await json(asOperator('PUT', '/v1/sites/blog/word-lists/hold', { entries: ['word'] }))
  await json(asOperator('POST', '/v1/tokens', { name: 'script', site: 'blog' }), 201)
  await thread()
}

describe('Removing a site', () => {
  it('leaves no row of it, and nothing of other sites is lost', async () => {
    await addSite({ id: 'other', name: 'Other' })
    await posted({ body: 'Stays' }, {}, 'other')
    const before = await rowsOf('other')
    await lived()
    expect(Object.keys(await rowsOf('blog')).length).toBeGreaterThan(7)
    expect(await removeAll()).toEqual([4])
    expect(await rowsOf('blog')).toEqual({})
    expect(await rowsOf('other')).toEqual(before)
    expect((await asOperator('DELETE', '/v1/sites/blog')).status).toBe(404)
    const { items } = await json<{ items: { act: string; siteId: string }[] }>(
      asOperator('GET', '/v1/audit-log'),
    )
    expect(items[0]).toMatchObject({ act: 'site.remove', siteId: 'blog' })
  })

  it('goes in steps, and takes no comment from the first one on', async () => {
    const { comment: root } = await approved()
    // As many as more than one step takes; each answers the one before.
    await env.DB.exec(
      `INSERT INTO comments (id, site_id, thread_id, author_id, author_public_id, parent_seq, root_seq, name, body, content, body_hash, request_hash, created_at, elapsed_ms) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 700) SELECT 'c' || i, site_id, thread_id, author_id, author_public_id, seq, seq, 'N', 'b', '[]', 'h', 'r', 0, 0 FROM comments, n WHERE id = '${root.id}'`,
    )
    expect(await removal()).toEqual({ comments: 500, done: false })
    expect((await post(comment())).status).toBe(403)
    expect(await removeAll()).toEqual([201])
    expect((await call('GET', '/v1/sites/blog/thread?key=/post', { origin: null })).status).toBe(404)
    await addSite()
    expect((await thread()).items).toEqual([])
  })

  it('reads no more rows for each comment among many than among few', async () => {
    const { results } = await env.DB.prepare(
      'EXPLAIN QUERY PLAN SELECT 1 FROM comments WHERE parent_seq = 1 UNION ALL SELECT 1 FROM comments WHERE root_seq = 1',
    ).all<{ detail: string }>()
    expect(results.map(({ detail }) => detail).join()).toMatch(/comments_parent.*comments_root/)
  })
})

describe('The figures for Prometheus', () => {
  it('are those of the dashboard, for staff of all sites', async () => {
    await lived()
    const answer = await asOperator('GET', '/v1/metrics')
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    const text = await answer.text()
    const { counts } = await json<{ counts: Record<string, number> }>(
      asOperator('GET', '/v1/queue?site=blog'),
    )
    expect(counts.all).toBe(4)
    for (const [name, count] of [
      ['comments', counts.all],
      ['comments_pending', counts.held],
      ['comments_flagged', counts.flagged],
      ['comments_spam', counts.spam],
    ])
      expect(text).toContain(`\nhankyo_${name}{site="blog"} ${count}\n`)
    for (const name of ['comments_unscreened', 'screening_failed', 'outbox_waiting', 'outbox_dead'])
      expect(text).toMatch(
        new RegExp(`^# HELP hankyo_${name} .+\\n# TYPE hankyo_${name} gauge\\nhankyo_${name} \\d+$`, 'm'),
      )
    expect(text.endsWith('\n')).toBe(true)
    expect((await call('GET', '/v1/metrics', { origin: null })).status).toBe(401)
    const { token } = await json<{ token: string }>(
      asOperator('POST', '/v1/tokens', { name: 'script', scope: 'read', site: 'blog' }),
      201,
    )
    const headers = { authorization: `Bearer ${token}` }
    expect((await call('GET', '/v1/metrics', { origin: null, headers })).status).toBe(403)
  })
})
