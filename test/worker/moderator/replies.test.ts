import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { AuditEntry } from '../../../worker/contract/auditLog.ts'
import type { ErrorBody } from '../../../worker/contract/errors.ts'
import type { Page } from '../../../worker/contract/page.ts'
import type { NewReply, Published } from '../../../worker/contract/replies.ts'
import { sweepAt } from '../jobs.ts'
import {
  addSite,
  approved,
  asOperator,
  call,
  host,
  json,
  own,
  posted,
  queue,
  screened,
  thread,
} from '../product.ts'

beforeEach(() => addSite())

/** A member of staff who is signed in. */
async function signIn(name: string) {
  const { token } = await json<{ token: string }>(asOperator('POST', '/v1/sign-in-links', { name }), 201)
  const answer = await call('POST', '/v1/session', { body: { token }, origin: host })
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  return (method: string, path: string, body?: unknown) =>
    call(method, path, { body, headers: { cookie }, origin: host })
}

type Staff = Awaited<ReturnType<typeof signIn>>

const reply = (staff: Staff, to: string, more: Partial<NewReply> = {}) =>
  staff('POST', `/v1/comments/${to}/replies`, { id: crypto.randomUUID(), body: 'Thank *you*.', ...more })

const log = async () => (await json<Page<AuditEntry>>(asOperator('GET', '/v1/audit-log'))).items

const untaught = async () =>
  (await env.DB.prepare('SELECT count(*) AS n FROM untaught').first<{ n: number }>())?.n

describe('An answer of the staff', () => {
  it('stands in the thread at once, under their name and the badge of the site’s staff', async () => {
    const { comment } = await approved()
    const staff = await signIn('Hana Mori')
    const made = await json<Published>(reply(staff, comment.id), 201)
    const [root, answer] = (await thread()).items
    expect(root?.replies.count).toBe(1)
    expect(answer).toMatchObject({
      id: made.comment.id,
      parentId: comment.id,
      author: { name: 'Hana Mori', badge: 'Editors', url: null },
    })
    expect((await thread()).thread.count).toBe(2)
    expect((await queue()).counts).toMatchObject({ held: 0, all: 2 })
    expect((await log())[0]).toMatchObject({
      act: 'comment.answer',
      actor: { name: 'Hana Mori' },
      commentId: made.comment.id,
    })
  })

  it('approves with it what waits, both or neither', async () => {
    const { comment, token } = await posted()
    const staff = await signIn('Hana Mori')
    const refused = await json<ErrorBody & { present: { status: string } }>(reply(staff, comment.id), 409)
    expect(refused.error.message).toContain('Approve it first')
    expect(refused.present.status).toBe('pending')
    await json(reply(staff, comment.id, { approve: true, revision: 2 }), 409)
    const unread = await json<ErrorBody>(reply(staff, comment.id, { approve: true }), 400)
    expect(unread.error).toMatchObject({ code: 'missing', field: 'revision' })
    expect((await thread()).items).toEqual([])

    const made = await json<Published>(reply(staff, comment.id, { approve: true, revision: 1 }), 201)
    expect((await own(comment.id, token)).own?.status).toBe('approved')
    expect((await thread()).items.map(({ id }) => id)).toEqual([comment.id, made.comment.id])
    expect((await log()).slice(0, 2).map(({ act }) => act)).toEqual(['comment.approve', 'comment.answer'])
  })

  it('is taken back by its undo, and the approval by its own', async () => {
    const { comment } = await posted()
    const staff = await signIn('Hana Mori')
    const made = await json<Published>(reply(staff, comment.id, { approve: true, revision: 1 }), 201)
    await json(staff('DELETE', `/v1/decisions/${made.decisionId}`))
    expect((await thread()).items.map(({ id }) => id)).toEqual([comment.id])
    await json(staff('DELETE', `/v1/decisions/${made.approvalId}`))
    expect((await thread()).items).toEqual([])
    const { items, counts } = await queue('tab=all')
    expect(items.map(({ status }) => status).sort()).toEqual(['deleted', 'pending'])
    expect(counts.held).toBe(1)
  })

  it('is neither screened nor learnt, whatever becomes of it', async () => {
    const { comment } = await approved()
    const before = await untaught()
    const staff = await signIn('Hana Mori')
    const { comment: answer, decisionId } = await json<Published>(reply(staff, comment.id), 201)
    await sweepAt(Date.now() + 3_600_000)
    expect((await queue(`tab=all&ids=${answer.id}`)).items[0]).toMatchObject({
      status: 'approved',
      findings: [],
      decision: { id: decisionId, action: 'approve', by: 'Hana Mori' },
    })
    expect(await untaught()).toBe(before)
    const judged = 'SELECT judged FROM comments WHERE id = ?'
    expect(await env.DB.prepare(judged).bind(answer.id).first('judged')).toBe(0)
  })

  it('is one however often it is sent, and another under the same id is refused', async () => {
    const { comment } = await posted()
    const staff = await signIn('Hana Mori')
    const id = crypto.randomUUID()
    const first = await json<Published>(reply(staff, comment.id, { id, approve: true, revision: 1 }), 201)
    expect(await json<Published>(reply(staff, comment.id, { id, approve: true, revision: 1 }))).toEqual(first)
    const { error } = await json<ErrorBody>(reply(staff, comment.id, { id, body: 'Else.' }), 409)
    expect(error).toMatchObject({ code: 'id_taken', field: 'id' })
    expect((await thread()).items).toHaveLength(2)
  })

  it('is all there when many come at once', async () => {
    const { comment } = await approved()
    const staff = await signIn('Hana Mori')
    const answers = Array.from({ length: 4 }, () => reply(staff, comment.id))
    const readers = Array.from({ length: 4 }, () => posted())
    await Promise.all(readers)
    for (const answer of answers) expect((await answer).status).toBe(201)
    expect((await thread()).items).toHaveLength(5)
    expect((await queue()).counts).toMatchObject({ held: 4, all: 9 })
  })

  it('is within the limits of readers’ comments', async () => {
    await addSite({ id: 'brief', name: 'Brief', settings: { bodyLimit: 10 } })
    const { comment } = await approved({ body: 'Short.' }, {}, 'brief')
    const staff = await signIn('Hana Mori')
    const { error } = await json<ErrorBody>(reply(staff, comment.id, { body: 'Eleven char' }), 400)
    expect(error).toMatchObject({ code: 'too_long', field: 'body', limit: 10 })
    for (const body of ['', ' \n ', '\u200b'])
      expect((await reply(staff, comment.id, { body })).status).toBe(400)
    expect((await reply(staff, crypto.randomUUID())).status).toBe(404)
  })

  it('goes below a comment of a closed thread', async () => {
    const { comment } = await approved()
    const [item] = (await queue('tab=all')).items
    await asOperator('POST', `/v1/threads/${item?.thread.id}/closure`)
    await json(reply(await signIn('Hana Mori'), comment.id), 201)
  })

  it('has the site’s badge, which changes with the settings but for those who have their own', async () => {
    await json(asOperator('PATCH', '/v1/sites/blog', { locale: 'ja' }))
    const { comment } = await approved()
    const [hana, ken] = [await signIn('Hana Mori'), await signIn('Ken')]
    for (const staff of [hana, ken]) await json(reply(staff, comment.id), 201)
    const badges = async () =>
      new Map((await thread()).items.map(({ author }) => [author.name, author.badge]))
    expect((await badges()).get('Ken')).toBe('編集部')
    const kens = (await thread()).items.find(({ author }) => author.name === 'Ken')?.author.id
    await asOperator('PUT', `/v1/authors/${kens}/badge`, { badge: '編集長' })
    await json(asOperator('PATCH', '/v1/sites/blog', { settings: { staffBadge: 'デスク' } }))
    expect(Object.fromEntries(await badges())).toMatchObject({ 'Hana Mori': 'デスク', Ken: '編集長' })
  })

  it('keeps others from its writer’s name', async () => {
    const { comment } = await approved()
    await json(reply(await signIn('Hana Mori'), comment.id), 201)
    const worn = await posted({ author: { name: 'Ｈａｎａ Mori' } })
    const { findings } = await screened(worn.comment.id)
    expect(findings.map(({ code }) => code)).toContain('impersonation')
  })
})
