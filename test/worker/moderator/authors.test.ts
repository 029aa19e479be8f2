import { env } from 'cloudflare:workers'
import { beforeEach, expect, it } from 'vitest'
import type { AuthorExport } from '../../../worker/contract/authorExport.ts'
import type { AuthorPage } from '../../../worker/contract/authors.ts'
import type { Ban } from '../../../worker/contract/bans.ts'
import { latestStates } from '../../../worker/store/authors.ts'
import { counting } from '../counted.ts'
import { addSite, approved, asOperator, call, decided, json, posted, queue, screened } from '../product.ts'
import { log } from '../school.ts'
import { signedIn } from '../staffed.ts'

const authorOf = async (commentId: string) =>
  (await queue(`tab=all&ids=${commentId}`)).items[0]?.author.id ?? ''
const page = (id: string, query = '') => json<AuthorPage>(asOperator('GET', `/v1/authors/${id}${query}`))

beforeEach(() => addSite({ settings: { trustedAfter: 2 } }))

it('An author’s page has their comments, how far they are trusted and why, and what keeps them out', async () => {
  const first = await approved({ body: 'The first of them' })
  const { token } = first
  const second = await posted({ body: 'The second of them', author: { name: 'Mika K.' } }, { token })
  await posted({ body: 'Somebody else’s' })
  const id = await authorOf(first.comment.id)
  expect(await page(id)).toMatchObject({
    author: {
      ...{ id, site: { id: 'blog', name: 'Blog' }, name: 'Mika K.', badge: null, ban: null, notes: 0 },
      trust: { level: 'known', approvedByPeople: 1, refused: 0, trustedAfter: 2 },
      counts: { approved: 1, rejected: 0, spam: 0 },
    },
    items: [{ body: 'The second of them' }, { body: 'The first of them' }],
    next: null,
  })

  await decided(second.comment.id, 'approve')
  expect((await page(id)).author.trust).toMatchObject({ level: 'trusted', approvedByPeople: 2 })
  const ban = { siteId: 'blog', kind: 'author', value: id, reason: 'Quarrels' }
  const { id: banId } = await json<Ban>(asOperator('POST', '/v1/bans', ban), 201)
  expect((await page(id)).author.ban).toMatchObject({ id: banId, reason: 'Quarrels' })
  await asOperator('DELETE', `/v1/bans/${banId}`)
  expect((await page(id)).author.ban).toBeNull()
})

it('Staff settles that an author is trusted or held, which screening obeys, the log tells and an undo takes back', async () => {
  await json(asOperator('PATCH', '/v1/sites/blog', { policy: 'trusted' }))
  const { comment, token } = await posted()
  const id = await authorOf(comment.id)
  const settle = async (pinned: string | null) =>
    expect((await asOperator('PUT', `/v1/authors/${id}/trust`, { pinned })).status).toBe(204)
  const next = async () => screened((await posted({}, { token })).comment.id)
  expect((await screened(comment.id)).status).toBe('pending')
  await settle('trusted')
  expect((await page(id)).author.trust).toMatchObject({
    level: 'trusted',
    pinned: 'trusted',
    automatic: 'newcomer',
  })
  expect(await next()).toMatchObject({ status: 'approved', trust: 'trusted' })
  await settle('held')
  await settle('held')
  expect(await next()).toMatchObject({
    status: 'pending',
    findings: expect.arrayContaining([expect.objectContaining({ params: { conditions: ['heldAuthor'] } })]),
  })
  const [held, trusted, ...others] = (await log(`author=${id}`)).filter(({ act }) => act === 'author.trust')
  expect(others).toEqual([])
  expect([held?.details.pinned, held?.undo?.state, trusted?.undo?.state]).toEqual(['held', 'open', 'changed'])
  const { method = '', path = '', body } = held?.undo?.request ?? {}
  await asOperator(method, path, body)
  expect((await page(id)).author).toMatchObject({
    trust: { pinned: 'trusted' },
    latest: { pending: 2, deleted: 0, more: false },
  })
})

it('Many comments come a page at a time, none twice', async () => {
  const { token, comment } = await posted()
  for (let count = 1; count < 31; count++) await posted({}, { token })
  const id = await authorOf(comment.id)
  const first = await page(id)
  const rest = await page(id, `?cursor=${first.next}`)
  expect([first.items.length, rest.items.length, rest.next]).toEqual([30, 1, null])
  expect(new Set([...first.items, ...rest.items].map((item) => item.id)).size).toBe(31)
  const { environment, count } = counting()
  expect(await latestStates(environment.DB, id, 501)).toMatchObject({ looked: 31 })
  // Each comment once, and the author.
  expect(count.read).toBeLessThanOrEqual(31 + 2)
})

it('Who is nobody’s author, or another site’s, is not found', async () => {
  await addSite({ id: 'other', name: 'Other' })
  const { comment } = await posted()
  const { ask } = await signedIn('Ben', 'owner', ['other'])
  const path = `/v1/authors/${await authorOf(comment.id)}`
  const [theirs, nobody] = [await ask('GET', path), await asOperator('GET', '/v1/authors/nobody')]
  expect([theirs.status, nobody.status]).toEqual([404, 404])
})

it('All that is kept of an author can be handed to them, by owners alone', async () => {
  const author = { name: 'Mika', email: 'mika@example.org' }
  const { token, comment } = await posted({ body: 'As it was', author })
  const path = `/v1/sites/blog/comments/${comment.id}`
  await json(call('PATCH', path, { token, body: { revision: 1, body: 'As it is' } }))
  const id = await authorOf(comment.id)
  const note = { id: crypto.randomUUID(), body: 'Writes with care' }
  await json(asOperator('POST', `/v1/authors/${id}/notes`, note), 201)
  const kept = await json<AuthorExport>(asOperator('GET', `/v1/authors/${id}/export`))
  expect(kept).toMatchObject({
    author: { id, name: 'Mika' },
    notes: [{ body: 'Writes with care' }],
    items: [
      { ...author, body: 'As it is', page: { key: '/post' }, former: [{ revision: 1, body: 'As it was' }] },
    ],
    next: null,
  })
  const { ask } = await signedIn('Ben', 'moderator')
  for (const file of ['export', 'export.md'])
    expect((await ask('GET', `/v1/authors/${id}/${file}`)).status).toBe(403)
})

it('It can be handed to them to read, in the language of the site, with what they did besides', async () => {
  await json(asOperator('PATCH', '/v1/sites/blog', { locale: 'de' }))
  const author = { name: '# M*i*ka <b>', email: 'mika@example.org' }
  const body = 'One line\n# no heading\n</b> [x](javascript:y)'
  const { token, comment } = await posted({ body, author })
  const other = await approved({ body: 'Of somebody else' })
  const flag = { reason: 'abuse', note: 'Rude to me' }
  await call('POST', `/v1/sites/blog/comments/${other.comment.id}/flags`, { token, body: flag })
  for (let n = 0; n < 30; n++) await again(comment.id, n)
  const id = await authorOf(comment.id)
  const first = await asOperator('GET', `/v1/authors/${id}/export.md`)
  const [, query] = /<(\?[^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '') ?? []
  const last = await asOperator('GET', `/v1/authors/${id}/export.md${query}`)
  expect([first.headers.get('content-type'), last.headers.get('link')]).toEqual([
    'text/markdown; charset=utf-8',
    null,
  ])
  const text = (await first.text()) + (await last.text())
  expect(text).toMatch(/^# Was .* über .*M\\\*i\\\*ka .* speichert\n\nErstellt am /)
  expect(text).toContain('\n## Gemeldete Kommentare\n\n')
  expect(text).toContain('> Rude to me\n')
  expect(text).toContain('- Stand: wartet\n')
  expect(text).toContain('> One line\n> # no heading\n> </b> [x](javascript:y)\n')
  expect(text.match(/^## .* UTC$/gm)).toHaveLength(31)
  expect(text).not.toContain('Of somebody else')
})

/** A comment like one that is there, put there without a post. */
const again = (id: string, turn: number) =>
  env.DB.prepare(
    `INSERT INTO comments (id, site_id, thread_id, author_id, author_public_id, name, body, content, body_hash,
       request_hash, created_at, elapsed_ms, status)
     SELECT ?1, site_id, thread_id, author_id, author_public_id, 'Mika', 'Again', '["x"]', '', '', ?2, 0, 'pending'
     FROM comments WHERE id = ?3`,
  )
    .bind(crypto.randomUUID(), turn, id)
    .run()
