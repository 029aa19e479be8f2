import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { AuditEntry } from '../../../worker/contract/auditLog.ts'
import type { CommentHistory } from '../../../worker/contract/commentHistory.ts'
import type { Colleague, Mention, Unseen } from '../../../worker/contract/notes.ts'
import type { Page } from '../../../worker/contract/page.ts'
import {
  addSite,
  approved,
  asOperator,
  call,
  decided,
  host,
  json,
  posted,
  queue,
  screened,
} from '../product.ts'

/** Signs in a member of staff of one site. */
async function staff(name: string, site: string, role = 'moderator') {
  const { token } = await json<{ token: string }>(asOperator('POST', '/v1/sign-in-links', { name }), 201)
  await env.DB.batch([
    env.DB.prepare('UPDATE staff SET role = ?, every_site = 0 WHERE name = ?').bind(role, name),
    env.DB.prepare('INSERT INTO staff_sites SELECT id, ? FROM staff WHERE name = ?').bind(site, name),
  ])
  const answer = await call('POST', '/v1/session', { body: { token }, origin: host })
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  return (method: string, path: string, body?: unknown) =>
    call(method, path, { origin: host, headers: { cookie }, ...(body !== undefined && { body }) })
}

const note = (body: string) => ({ id: crypto.randomUUID(), body })
const history = (id: string) => json<CommentHistory>(asOperator('GET', `/v1/comments/${id}`))

beforeEach(async () => {
  await addSite()
  await addSite({ id: 'other', name: 'Other' })
})

describe('A note', () => {
  it('about a comment is read by staff alone, counted in the queue, and removed by its writer or an owner', async () => {
    const [aya, ben] = [await staff('Aya', 'blog'), await staff('Ben', 'blog')]
    const { comment } = await approved()
    const path = `/v1/comments/${comment.id}/notes`
    const mine = note('Asked the author, waits for an answer')
    expect(await json(aya('POST', path, mine), 201)).toMatchObject({ by: { name: 'Aya' }, removable: true })
    await json(aya('POST', path, mine), 200)
    expect((await aya('POST', path, { ...mine, body: 'Another' })).status).toBe(409)
    expect((await queue('tab=all')).items[0]?.notes).toEqual({ comment: 1, author: 0 })
    expect(await json(ben('GET', path))).toMatchObject({ items: [{ body: mine.body, removable: false }] })
    expect((await history(comment.id)).notes).toMatchObject([{ body: mine.body }])
    const thread = await (await call('GET', '/v1/sites/blog/thread?key=/post')).text()
    expect(thread).not.toContain('Asked')

    expect((await ben('DELETE', `${path}/${mine.id}`)).status).toBe(403)
    expect((await aya('DELETE', `${path}/${mine.id}`)).status).toBe(204)
    expect((await asOperator('DELETE', `${path}/${mine.id}`)).status).toBe(404)
    expect((await queue('tab=all')).items[0]?.notes).toEqual({ comment: 0, author: 0 })
    const { items } = await json<Page<AuditEntry>>(asOperator('GET', `/v1/audit-log?comment=${comment.id}`))
    expect(items.slice(0, 2).map(({ act }) => act)).toEqual(['note.remove', 'note.add'])
    expect(JSON.stringify(items.map(({ details }) => details))).not.toContain('Asked')
  })

  it('tells those whom it names, and nobody of another site', async () => {
    const [aya, ben, eve] = [
      await staff('Aya', 'blog'),
      await staff('Ben 太郎', 'blog'),
      await staff('Eve', 'other'),
    ]
    const { comment } = await posted()
    const item = await screened(comment.id)
    const named = { name: 'Ben 太郎' }
    expect(
      await json(aya('POST', `/v1/comments/${comment.id}/notes`, note('@ben 太郎さん and @Eve: see')), 201),
    ).toMatchObject({ mentions: [named] })
    await json(aya('POST', `/v1/authors/${item.author.id}/notes`, note('@Ben 太郎 again, @Aya')), 201)
    const found = await json<Page<Mention>>(ben('GET', '/v1/mentions'))
    expect(found.items).toMatchObject([
      { commentId: null, authorId: item.author.id, authorName: 'Mika' },
      { commentId: comment.id, authorName: 'Mika', note: { by: { name: 'Aya' } } },
    ])
    const unseen = async (ask: typeof ben) => (await json<Unseen>(ask('GET', '/v1/mentions/unseen'))).unseen
    expect([await unseen(ben), await unseen(aya)]).toEqual([2, 0])
    const notes = found.items.slice(0, 1).map(({ note: { id } }) => id)
    expect(await json(eve('PUT', '/v1/mentions/seen', { notes }))).toEqual({ unseen: 0 })
    for (let twice = 0; twice < 2; twice++)
      expect(await json(ben('PUT', '/v1/mentions/seen', { notes }))).toEqual({ unseen: 1 })
    const listed = async (query = '') =>
      (await json<Page<Mention>>(ben('GET', `/v1/mentions${query}`))).items.map(({ seen }) => seen)
    expect([await listed(), await listed('?unseen=true')]).toEqual([[true, false], [false]])
    for (const other of [aya, eve])
      expect(await json<Page<Mention>>(other('GET', '/v1/mentions'))).toEqual({ items: [], next: null })
    expect((await queue('tab=all')).items[0]?.notes).toEqual({ comment: 1, author: 1 })
  })

  it('can name the staff of its site, whom staff of the site find', async () => {
    const [aya, eve] = [await staff('Aya', 'blog'), await staff('Eve', 'other')]
    await staff('Ben 太郎', 'blog')
    const found = await json<Page<Colleague>>(aya('GET', '/v1/sites/blog/colleagues'))
    expect(found.items.map(({ name }) => name)).toEqual(['Aya', 'Ben 太郎'])
    expect((await eve('GET', '/v1/sites/blog/colleagues')).status).toBe(404)
  })

  it('goes with the words of whom it is about', async () => {
    const made = await posted()
    const item = await screened(made.comment.id)
    await json(asOperator('POST', `/v1/comments/${made.comment.id}/notes`, note('About the comment')), 201)
    await json(asOperator('POST', `/v1/authors/${item.author.id}/notes`, note('About the author')), 201)
    await call('DELETE', `/v1/sites/blog/comments/${made.comment.id}`, { token: made.token })
    expect((await env.DB.prepare('SELECT * FROM notes').all()).results).toEqual([])
    expect(await history(made.comment.id)).toMatchObject({
      comment: { notes: { comment: 0, author: 0 }, body: '' },
      revisions: [],
      decisions: [{ action: 'withdraw' }],
    })
  })
})

describe('The history of a comment', () => {
  it('tells its texts, decisions and who took them back, complaints, and the refusal that an appeal is about', async () => {
    const made = await approved({ body: 'The first text' })
    const { comment, token } = made
    const path = `/v1/sites/blog/comments/${comment.id}`
    const complaint = { reason: 'abuse', note: 'Rude' }
    await call('POST', `${path}/flags`, { token: 'another-reader-0123456789abcdef', body: complaint })
    await json(call('PATCH', path, { token, body: { body: 'The second text', revision: 1 } }))
    await screened(comment.id)
    expect((await history(comment.id)).flags).toMatchObject([{ ...complaint, answered: false }])
    const { decisionId } = await decided(comment.id, 'spam', { revision: 2 })
    await json(asOperator('DELETE', `/v1/decisions/${decisionId}`))
    await decided(comment.id, 'reject', { revision: 2, reason: 'off_topic' })
    await json(call('POST', `${path}/appeal`, { token, body: { note: 'It is on topic' } }))

    const found = await history(comment.id)
    expect(found.revisions).toMatchObject([
      { revision: 2, body: 'The second text', by: 'author', shown: false },
      { revision: 1, body: 'The first text', by: 'author', at: comment.createdAt },
    ])
    expect(found.decisions.map(({ action }) => action)).toEqual([
      'appeal',
      'reject',
      'spam',
      'edit',
      'approve',
    ])
    expect(found.decisions[2]).toMatchObject({ status: 'spam', undone: { by: 'operator' } })
    expect(found.appeal).toMatchObject({
      note: 'It is on topic',
      about: { action: 'reject', reason: 'off_topic' },
    })
    expect(found.flags).toMatchObject([{ ...complaint, answered: true }])
    expect(JSON.stringify(found)).not.toContain('another-reader')
  })
})
