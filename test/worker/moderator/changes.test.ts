import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Posted } from '../../../worker/contract/comment.ts'
import type { CommentHistory } from '../../../worker/contract/commentHistory.ts'
import type { SiteStats } from '../../../worker/contract/stats.ts'
import {
  addSite,
  approved,
  asOperator,
  call,
  decide,
  decided,
  json,
  own,
  posted,
  queue,
  screened,
  thread,
} from '../product.ts'

beforeEach(() => addSite())

const undo = (decisionId: string) => asOperator('DELETE', `/v1/decisions/${decisionId}`)
const item = async (id: string) => (await queue(`tab=all&ids=${id}`)).items[0]
const shown = async () => JSON.stringify((await thread()).items.map(({ content }) => content))

/** Has an author change a comment of theirs, which waits then. */
async function change({ comment, token }: Required<Posted>, body: string, revision = 1) {
  await json(call('PATCH', `/v1/sites/blog/comments/${comment.id}`, { token, body: { body, revision } }))
  await screened(comment.id)
}

const edit = (id: string, body: string, revision: number, more: Record<string, unknown> = {}) =>
  asOperator('PATCH', `/v1/comments/${id}`, { body, revision, ...more })

const edited = (id: string, body: string, revision: number, more: Record<string, unknown> = {}) =>
  json<{ decisionId: string; revision: number; status: string }>(edit(id, body, revision, more))

describe('A change that waits', () => {
  it('is refused by itself: readers keep the earlier text, and its author is told which of the two it was', async () => {
    const made = await approved({ body: 'The earlier text' })
    await change(made, 'The later text')
    const waiting = await own(made.comment.id, made.token)
    expect(waiting.own?.status).toBe('pending')
    expect(JSON.stringify(waiting.content)).toContain('The later text')
    const { decisionId } = await decided(made.comment.id, 'reject_change', { revision: 2, reason: 'abuse' })
    expect(await shown()).toContain('The earlier text')
    const mine = await own(made.comment.id, made.token)
    expect(mine.own).toMatchObject({
      ...{ status: 'approved', change: 'refused', reason: 'abuse', body: 'The later text', revision: 2 },
    })
    expect(mine.own).not.toHaveProperty('appealable')
    expect(JSON.stringify(mine.content)).toContain('The earlier text')
    expect(await item(made.comment.id)).toMatchObject({ status: 'approved', shown: true })

    expect(await json(undo(decisionId))).toMatchObject({ status: 'pending', revision: 2 })
    expect(await item(made.comment.id)).toMatchObject({ status: 'pending', shown: true })
    await decided(made.comment.id, 'reject', { revision: 2 })
    expect(await shown()).toBe('[]')
    expect((await own(made.comment.id, made.token)).own).toMatchObject({
      status: 'rejected',
      appealable: true,
    })
  })

  it('vouches for nobody once it is refused, and teaches nothing', async () => {
    const made = await approved({ body: 'The earlier text' })
    const vouched = async () =>
      (await env.DB.prepare('SELECT vouched FROM authors').first<{ vouched: number }>())?.vouched
    expect(await vouched()).toBe(1)
    await change(made, 'Cheap watches at https://watches.example')
    const { decisionId } = await decided(made.comment.id, 'reject_change', { revision: 2 })
    expect(await vouched()).toBe(0)
    const csv = await (await asOperator('GET', '/v1/exports/decisions.csv?site=blog')).text()
    expect(csv).not.toContain('watches')
    await decided(made.comment.id, 'approve', { revision: 2 })
    expect(await vouched()).toBe(1)
    expect(await shown()).toContain('watches')
    expect((await undo(decisionId)).status).toBe(409)
  })

  it('can be written again after it was refused', async () => {
    const made = await approved({ body: 'The earlier text' })
    await change(made, 'The later text')
    await decided(made.comment.id, 'reject_change', { revision: 2 })
    await change(made, 'The latest text', 2)
    expect(await shown()).toContain('The earlier text')
    await decided(made.comment.id, 'approve', { revision: 3 })
    expect(await shown()).toContain('The latest text')
  })

  it('is not there where readers see no earlier text: then only the comment can be refused', async () => {
    const { comment } = await posted()
    const answer = await decide(comment.id, 'reject_change')
    expect(answer.status).toBe(409)
    expect((await answer.json<{ error: { message: string } }>()).error.message).toMatch(/no earlier text/)
  })
})

describe('An edit by the staff', () => {
  it('shows at once as theirs, and is taken back without a trace for readers', async () => {
    const made = await approved({ body: 'My nmae is Bond' })
    const before = await shown()
    const { decisionId, revision } = await edited(made.comment.id, 'My name is Bond', 1)
    expect(revision).toBe(2)
    expect((await thread()).items[0]).toMatchObject({ editedBy: 'staff', editedAt: expect.any(String) })
    expect(await shown()).toContain('My name is Bond')
    expect(await own(made.comment.id, made.token)).toMatchObject({
      editedBy: 'staff',
      own: { status: 'approved', editableUntil: null },
    })
    expect((await edit(made.comment.id, 'Too late', 1)).status).toBe(409)

    expect(await json(undo(decisionId))).toMatchObject({ status: 'approved', revision: 3 })
    expect(await shown()).toBe(before)
    expect((await thread()).items[0]).toMatchObject({ editedAt: null })
    expect((await thread()).items[0]).not.toHaveProperty('editedBy')
    const first = (await item(made.comment.id))?.decision?.id ?? ''
    expect(await json(undo(first))).toMatchObject({ status: 'pending' })
    expect(await shown()).toBe('[]')
  })

  it('of a change that waits publishes the staff’s text; of what nobody sees leaves it so', async () => {
    const made = await approved({ body: 'The earlier text' })
    await change(made, 'The later text')
    const { decisionId } = await edited(made.comment.id, 'The staff’s text', 2)
    expect(await shown()).toContain('The staff’s text')
    await json(undo(decisionId))
    expect(await shown()).toContain('The earlier text')
    expect(await item(made.comment.id)).toMatchObject({
      status: 'pending',
      shown: true,
      body: 'The later text',
    })

    const { comment } = await posted({ key: '/other', url: 'https://blog.example/other' })
    expect(await edited(comment.id, 'Mended', 1)).toMatchObject({ status: 'pending' })
    expect(await item(comment.id)).toMatchObject({ status: 'pending', body: 'Mended', verdict: 'hold' })
  })

  it('that redacts leaves the former text nowhere, and is not taken back', async () => {
    const made = await approved({ body: 'Call me at 555 1234' })
    await decided(made.comment.id, 'reject', { status: 'approved', reason: 'It names 555 1234' })
    await decided(made.comment.id, 'approve', { status: 'rejected' })
    const reported = { reason: 'personal_data', note: 'They say 555 1234' }
    const token = 'another-reader-0123456789abcdef'
    await call('POST', `/v1/sites/blog/comments/${made.comment.id}/flags`, { token, body: reported })
    await change(made, 'Really, call me at 555 1234')
    const note = { id: crypto.randomUUID(), body: 'Is 555 1234 theirs?' }
    await json(asOperator('POST', `/v1/comments/${made.comment.id}/notes`, note), 201)
    const redaction = { keepFormer: false, reason: 'A number' }
    const { decisionId } = await edited(made.comment.id, 'Call me', 2, redaction)
    const history = await json<CommentHistory>(asOperator('GET', `/v1/comments/${made.comment.id}`))
    expect(history.decisions[0]?.reason).toBe('A number')
    expect(await shown()).toContain('Call me')
    for (const table of [
      'comments',
      'revisions',
      'flags',
      'events',
      'decisions',
      'linked_hosts',
      'screeners',
      'notes',
    ])
      expect(JSON.stringify((await env.DB.prepare(`SELECT * FROM ${table}`).all()).results)).not.toContain(
        '555 1234',
      )
    const refusal = await undo(decisionId)
    expect(refusal.status).toBe(409)
    expect((await refusal.json<{ error: { message: string } }>()).error.message).toMatch(/gone for good/)
  })

  it('that redacts leaves nothing of an appeal and its answer but that they were', async () => {
    const { comment, token } = await posted({ body: 'Call me at 555 1234' })
    await decided(comment.id, 'reject')
    const plea = { note: 'But 555 1234 is mine' }
    await json(call('POST', `/v1/sites/blog/comments/${comment.id}/appeal`, { token, body: plea }))
    await decided(comment.id, 'reject', { status: 'pending', answer: 'We print no 555 1234' })
    const told = () => asOperator('GET', `/v1/comments/${comment.id}`).then((answer) => answer.text())
    expect(await told()).toContain('555 1234')
    await edited(comment.id, 'Call me', 1, { keepFormer: false })
    expect(await told()).not.toContain('555 1234')
    expect((await item(comment.id))?.appealed).toMatchObject({ state: 'upheld', answer: null })
  })

  it('keeps count of the room that texts take', async () => {
    const bytes = async () =>
      (await json<{ items: SiteStats[] }>(asOperator('GET', '/v1/stats?site=blog'))).items[0]?.storage?.bytes
    const counted = async () =>
      (
        await env.DB.prepare(
          `SELECT (SELECT sum(2000 + octet_length(body || content || name || page_url || page_title)) FROM comments)
             + (SELECT coalesce(sum(200 + octet_length(body || content)), 0) FROM revisions) AS bytes`,
        ).first<{ bytes: number }>()
      )?.bytes
    const { comment } = await approved({ body: 'The first text' })
    const { decisionId } = await edited(comment.id, 'The second, a longer text', 1)
    expect(await bytes()).toBe(await counted())
    await json(undo(decisionId))
    expect(await bytes()).toBe(await counted())
    await edited(comment.id, 'Short', 3, { keepFormer: false })
    expect(await bytes()).toBe(await counted())
  })

  it('is refused for what is gone, and for a text that nobody can see', async () => {
    const made = await posted()
    expect((await edit(made.comment.id, '   ', 1)).status).toBe(400)
    await call('DELETE', `/v1/sites/blog/comments/${made.comment.id}`, { token: made.token })
    expect((await edit(made.comment.id, 'Anything', 1)).status).toBe(404)
  })
})
