import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { NewComment } from '../../../worker/contract/comment.ts'
import type { SiteStats } from '../../../worker/contract/stats.ts'
import { losing, sweepComments } from '../jobs.ts'
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
  screened,
} from '../product.ts'

beforeEach(() => addSite())

/** What is kept of the room that the site's comments take. */
const storage = async () =>
  (await json<{ items: SiteStats[] }>(asOperator('GET', '/v1/stats?site=blog'))).items[0]?.storage

/** The same, counted. */
async function counted(): Promise<number> {
  const row = await env.DB.prepare(
    `SELECT (SELECT sum(2000 + octet_length(body || content || name || page_url || page_title)
         + coalesce(octet_length(email), 0) + coalesce(octet_length(url), 0)) FROM comments)
       + (SELECT coalesce(sum(200 + octet_length(body || content)), 0) FROM revisions) AS bytes`,
  ).first<{ bytes: number }>()
  return row?.bytes ?? 0
}

describe('The room that a site’s comments take', () => {
  it('is known whatever becomes of them, without counting', async () => {
    const author = { name: '名前 😀', email: 'one@mail.example', url: 'https://one.example/' }
    const { comment: edited, token } = await posted({ author, body: 'Ein längerer Text 日本語' })
    expect((await storage())?.bytes).toBe(await counted())
    const edit = (revision: number) =>
      json(
        call('PATCH', `/v1/sites/blog/comments/${edited.id}`, {
          token,
          body: { body: `Version ${'x'.repeat(revision)}`, revision },
        }),
      )
    for (let revision = 1; revision < 24; revision++) await edit(revision)
    expect((await storage())?.bytes).toBe(await counted())

    const { comment: parent } = await approved({ body: 'Answered' })
    await approved({ body: 'The answer', parentId: parent.id })
    await decided(parent.id, 'delete')
    const { comment: spam } = await posted({ body: 'Spam' })
    await decided(spam.id, 'spam')
    await approved()
    await sweepComments(Date.now() + 31 * 86_400_000, losing)
    expect(await env.DB.prepare('SELECT count(*) AS n, sum(erased) AS e FROM comments').first()).toEqual({
      n: 4,
      e: 1,
    })
    expect((await storage())?.bytes).toBe(await counted())

    expect((await call('DELETE', `/v1/sites/blog/comments/${edited.id}`, { token })).status).toBe(204)
    expect((await storage())?.bytes).toBe(await counted())
    expect(await storage()).toMatchObject({ limit: null })
  })

  it('is small: of what screening knew, only what is unusual is kept beside them', async () => {
    const facts = async (more: Partial<NewComment>) => {
      const { comment: made } = await posted(more)
      await screened(made.id)
      const row = await env.DB.prepare(
        'SELECT facts, octet_length(body_hash || request_hash) AS hashes FROM comments WHERE id = ?',
      )
        .bind(made.id)
        .first<{ facts: string; hashes: number }>()
      expect(row?.hashes).toBe(44)
      return JSON.parse(row?.facts ?? '')
    }
    expect(Object.keys(await facts({}))).toEqual(['postedAt', 'elapsedMs'])
    const links = { links: ['https://new.example/'], newHosts: ['new.example'] }
    expect(await facts({ body: 'See https://new.example/', trap: 'x' })).toMatchObject({
      ...links,
      trapped: true,
    })
  })

  it('is known again by its text where an earlier release kept more of the digest', async () => {
    const body = 'Short words'
    const first = comment({ body })
    const { comment: old } = await json<{ comment: { id: string } }>(post(first), 202)
    await decided(old.id, 'spam')
    await env.DB.prepare('UPDATE comments SET body_hash = body_hash || ?1, request_hash = request_hash || ?1')
      .bind('x'.repeat(21))
      .run()
    await json(post(first), 200)
    const { comment: again } = await posted({ body })
    const { findings } = await screened(again.id)
    expect(findings).toContainEqual(
      expect.objectContaining({ code: 'repeat', params: { count: 1, refused: 1 } }),
    )
  })

  it('ends where its owners say, in words, and what is there is read', async () => {
    const { comment: mine, token } = await approved({ body: 'x'.repeat(10_000) })
    const limit = (storageLimit: number) =>
      json(asOperator('PATCH', '/v1/sites/blog', { settings: { storageLimit } }))
    await limit(1)
    const fillTo = (bytes: number) =>
      env.DB.prepare("UPDATE tallies SET bytes = ? WHERE site_id = 'blog'").bind(bytes).run()
    const refused = { code: 'unavailable', limit: 1, message: expect.stringContaining('no room') }
    const another = comment()
    await fillTo(900_000)
    expect(await json<{ error: unknown }>(await post(another), 503)).toMatchObject({ error: refused })
    const known = { token: token ?? '' }
    await json(call('POST', '/v1/sites/blog/comments', { ...known, body: comment() }), 202)
    await fillTo(1_000_000)
    expect(await storage()).toMatchObject({ limit: 1_000_000 })
    const edit = () =>
      call('PATCH', `/v1/sites/blog/comments/${mine.id}`, { token, body: { body: 'Anew', revision: 1 } })
    for (const answer of [await post(another), await edit()])
      expect(await json<{ error: unknown }>(answer, 503)).toMatchObject({ error: refused })
    expect((await call('GET', '/v1/sites/blog/thread?key=/post')).status).toBe(200)
    await limit(2)
    await json(post(another), 202)
    await json(edit())
  })
})
