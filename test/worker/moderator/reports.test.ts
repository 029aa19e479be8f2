import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { AuditLogPage } from '../../../worker/contract/auditLog.ts'
import type { CommentHistory } from '../../../worker/contract/commentHistory.ts'
import type { FlagReason } from '../../../worker/contract/flagReasons.ts'
import type { FlaggedPage, MutedReporter } from '../../../worker/contract/flags.ts'
import type { Page } from '../../../worker/contract/page.ts'
import {
  addSite,
  approved,
  asOperator,
  call,
  comment,
  decided,
  json,
  post,
  queue,
  thread,
} from '../product.ts'
import { costOf } from '../trips.ts'

beforeEach(() => addSite())

interface By {
  reason?: FlagReason
  note?: string
  token?: string
  address?: string
}

/** Has a reader report a comment. */
async function report(id: string, { reason = 'spam', note = '', token, address }: By = {}) {
  const answer = await call('POST', `/v1/sites/blog/comments/${id}/flags`, {
    body: { reason, note },
    token: token ?? crypto.randomUUID(),
    ...(address && { headers: { 'cf-connecting-ip': address } }),
  })
  expect(answer.status).toBe(204)
}

const reports = (query = '') => json<FlaggedPage>(asOperator('GET', `/v1/flags${query}`))
const listed = async (query = '') => (await reports(query)).items.map((item) => item.comment.id)
const flaggedIds = async () => (await queue('tab=flagged&limit=100')).items.map(({ id }) => id)
const undo = (id: string) => json(asOperator('DELETE', `/v1/decisions/${id}`))
const muting = (method: 'PUT' | 'DELETE', id: string) =>
  asOperator(method, `/v1/sites/blog/reporters/${id}/mute`)
const log = async (query: string) =>
  (await json<AuditLogPage>(asOperator('GET', `/v1/audit-log?${query}`))).items
/** How the only report of a comment is told. */
const onlyFlag = async (id: string) =>
  (await reports()).items.find((item) => item.comment.id === id)?.flags[0]

/** Comments that readers see, each on a page of its own unless a key is told. */
const several = (count: number, key?: string) =>
  Promise.all(
    Array.from({ length: count }, async (_, at) => (await approved({ key: key ?? `/${at}` })).comment.id),
  )

/** Gives a reader a past on the site. @returns their token */
async function withPast({ upheld, refused }: { upheld: number; refused: number }) {
  const token = crypto.randomUUID()
  const ids = await several(upheld + refused)
  for (const id of ids) await report(id, { token })
  for (const [at, id] of ids.entries()) await decided(id, at < upheld ? 'spam' : 'approve')
  return token
}

describe('The list of reports', () => {
  it('has every comment that was reported, though once, with what was said and by whom', async () => {
    const [once = '', twice = ''] = await several(3)
    await report(once, { reason: 'off_topic', note: 'About trains, not ships.' })
    await report(twice)
    await report(twice, { reason: 'other' })
    const { items, next } = await reports()
    expect(items.map(({ comment, count }) => [comment.id, count])).toEqual([
      [twice, 2],
      [once, 1],
    ])
    expect(items[0]?.flags.map(({ reason }) => reason)).toEqual(['other', 'spam'])
    expect(items[1]).toMatchObject({
      comment: { status: 'approved', flags: null },
      flags: [
        {
          ...{ reason: 'off_topic', note: 'About trains, not ships.', weight: 1, atOnce: false },
          reporter: { id: expect.stringMatching(/^[\w-]{16}$/), upheld: 0, refused: 0 },
        },
      ],
    })
    expect(next).toBeNull()
    expect((await queue()).reported).toBe(2)
    expect(await flaggedIds()).toEqual([])
  })

  it('is ordered by the latest report or by how many there are, and narrowed by site and reason', async () => {
    await addSite({ id: 'other', name: 'Other' })
    const [first = '', second = '', third = ''] = await several(3)
    for (let time = 0; time < 2; time++) await report(first)
    await report(second, { reason: 'off_topic' })
    await report(third)
    expect(await listed()).toEqual([third, second, first])
    expect(await listed('?sort=most')).toEqual([first, third, second])
    expect(await listed('?reason=off_topic')).toEqual([second])
    expect(await listed('?site=blog&sort=most')).toEqual([first, third, second])
    expect(await listed('?site=other')).toEqual([])
    expect((await asOperator('GET', '/v1/flags?site=none')).status).toBe(404)
    expect((await asOperator('GET', '/v1/flags?reason=none')).status).toBe(400)
  })

  it('goes on page by page with none twice and none left out, many of them alike', async () => {
    const ids = await several(45)
    for (const [at, id] of ids.entries()) await report(id, { reason: at % 9 ? 'spam' : 'other' })
    for (const query of ['?sort=latest', '?sort=most', '?sort=most&site=blog']) {
      const found: string[] = []
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page = await reports(query + (cursor && `&cursor=${cursor}`))
        found.push(...page.items.map((item) => item.comment.id))
        cursor = page.next
      }
      expect(found).toHaveLength(45)
      expect(new Set(found)).toEqual(new Set(ids))
    }
    expect(await listed('?reason=other')).toHaveLength(5)
    const { rowsRead } = await costOf(() => asOperator('GET', '/v1/flags'))
    expect(rowsRead).toBeLessThanOrEqual(12 * 20)
  })

  it('is left by a decision of any kind, and come back to by its undo', async () => {
    const [id = ''] = await several(1)
    await report(id, { reason: 'off_topic' })
    const before = await reports()
    for (const action of ['approve', 'reject', 'spam', 'delete'] as const) {
      const { decisionId } = await decided(id, action)
      expect(await listed()).toEqual([])
      expect((await queue()).reported).toBe(0)
      await undo(decisionId)
      expect(await reports()).toEqual(before)
      expect((await queue()).reported).toBe(1)
    }
  })

  it('loses a comment that its author withdraws', async () => {
    const { comment, token } = await approved()
    await report(comment.id, { reason: 'abuse' })
    await call('DELETE', `/v1/sites/blog/comments/${comment.id}`, { token })
    expect(await listed()).toEqual([])
    expect((await queue()).reported).toBe(0)
  })
})

describe('A report of what may do harm', () => {
  it.each(['abuse', 'personal_data', 'illegal'] as const)(
    'brings a comment back alone: %s',
    async (reason) => {
      const [id = ''] = await several(1)
      const before = await thread('key=/0')
      await report(id, { reason })
      expect(await flaggedIds()).toEqual([id])
      expect((await queue('tab=flagged')).items[0]?.flags).toMatchObject({
        count: 1,
        reasons: { [reason]: 1 },
      })
      expect(await onlyFlag(id)).toMatchObject({ atOnce: true })
      expect(await thread('key=/0')).toEqual(before)
    },
  )

  it('for a reason that a person answered counts by its weight only, for another one at once', async () => {
    const [id = ''] = await several(1)
    await report(id, { reason: 'abuse' })
    const { decisionId } = await decided(id, 'approve')
    await report(id, { reason: 'abuse' })
    expect(await flaggedIds()).toEqual([])
    await report(id, { reason: 'illegal' })
    expect(await flaggedIds()).toEqual([id])
    await undo(decisionId)
    expect((await queue('tab=flagged')).items[0]?.flags?.count).toBe(3)
  })

  it('counts by its weight only from whom staff often refused', async () => {
    const token = await withPast({ upheld: 0, refused: 3 })
    const [id = ''] = await several(1, '/fresh')
    await report(id, { reason: 'illegal', token })
    expect(await flaggedIds()).toEqual([])
    expect(await onlyFlag(id)).toMatchObject({
      weight: 0,
      atOnce: false,
      reporter: { upheld: 0, refused: 3 },
    })
  })
})

describe('A flood of false reports', () => {
  it('from one network brings back three comments of a page', async () => {
    const ids = await several(8, '/flooded')
    for (const [at, id] of ids.entries())
      await report(id, { reason: 'abuse', address: `203.0.113.${at + 1}` })
    expect(await flaggedIds()).toHaveLength(3)
    expect(await listed()).toHaveLength(8)
  })

  it('from many networks brings back five comments of a page, and no more once staff kept them', async () => {
    const ids = await several(9, '/flooded')
    for (const id of ids) await report(id, { reason: 'illegal' })
    const first = await flaggedIds()
    expect(first).toHaveLength(5)
    for (const id of first) await decided(id, 'approve')
    for (const id of first) await report(id, { reason: 'illegal' })
    expect(await flaggedIds()).toEqual([])
  })

  it('by one reader with a good past brings back three comments', async () => {
    const token = await withPast({ upheld: 6, refused: 0 })
    const ids = await several(6, '/elsewhere')
    for (const id of ids) await report(id, { reason: 'abuse', token })
    expect(await flaggedIds()).toHaveLength(3)
    expect((await reports()).items.map(({ flags: [flag] }) => flag?.weight)).toEqual(Array(6).fill(2))
  })
})

describe('The past of a reporter', () => {
  it('counts what staff agreed with and what not, and nothing that is undone', async () => {
    const token = crypto.randomUUID()
    const [spam = '', kept = '', again = '', open = ''] = await several(4)
    for (const id of [spam, kept, again, open]) await report(id, { token })
    const past = async () => (await onlyFlag(open))?.reporter
    await decided(spam, 'spam')
    const { decisionId } = await decided(kept, 'approve')
    await decided(again, 'restore')
    expect(await past()).toMatchObject({ upheld: 1, refused: 1 })
    await undo(decisionId)
    expect(await past()).toMatchObject({ upheld: 1, refused: 0 })
  })

  it('is forgotten a year after the last answer, when another report is answered', async () => {
    const token = crypto.randomUUID()
    const [spam = '', open = '', other = ''] = await several(3)
    for (const id of [spam, open]) await report(id, { token })
    await decided(spam, 'spam')
    await env.DB.prepare('UPDATE reporters SET answered_at = answered_at - 366 * 86400000').run()
    await report(other)
    await decided(other, 'spam')
    expect((await onlyFlag(open))?.reporter).toMatchObject({ upheld: 0, refused: 0 })
  })

  it('is no worse for a report of what its author changed before a person looked', async () => {
    const token = crypto.randomUUID()
    const { comment: made, token: author } = await approved({ key: '/changed' })
    const [open = ''] = await several(1)
    for (const id of [made.id, open]) await report(id, { token })
    await json(
      call('PATCH', `/v1/sites/blog/comments/${made.id}`, {
        token: author,
        body: { body: 'Kinder words.', revision: 1 },
      }),
    )
    await decided(made.id, 'approve', { revision: 2 })
    expect((await onlyFlag(open))?.reporter).toMatchObject({ upheld: 0, refused: 0 })
  })
})

describe('A reporter who is muted', () => {
  it('is answered as before and counts nowhere, until they are muted no more', async () => {
    const token = crypto.randomUUID()
    const [before = '', since = ''] = await several(2)
    await report(before, { token, reason: 'abuse', note: 'Away with it.' })
    const id = (await onlyFlag(before))?.reporter.id ?? ''
    expect((await muting('PUT', id)).status).toBe(204)
    expect((await muting('PUT', id)).status).toBe(204)
    await report(since, { token, reason: 'illegal' })
    expect(await listed()).toEqual([])
    expect(await flaggedIds()).toEqual([])
    expect((await queue()).reported).toBe(0)
    const { flags } = await json<CommentHistory>(asOperator('GET', `/v1/comments/${since}`))
    expect(flags).toMatchObject([{ reason: 'illegal', muted: true, reporter: { id } }])
    const { items } = await json<Page<MutedReporter>>(asOperator('GET', '/v1/muted-reporters'))
    expect(items).toMatchObject([{ id, site: { id: 'blog' }, mutedBy: 'operator' }])

    expect((await muting('DELETE', id)).status).toBe(204)
    expect((await listed()).sort()).toEqual([before, since].sort())
    expect(await flaggedIds()).toEqual([before])
    expect((await queue()).reported).toBe(2)
    expect(
      (await json<Page<MutedReporter>>(asOperator('GET', '/v1/muted-reporters?site=blog'))).items,
    ).toEqual([])
  })

  it('stands in the log, which undoes it and that again', async () => {
    const [id = ''] = await several(1)
    await report(id)
    const reporter = (await onlyFlag(id))?.reporter.id ?? ''
    await muting('PUT', reporter)
    const [muted] = await log('act=reporter.mute')
    expect(muted).toMatchObject({ siteId: 'blog', details: { reporter }, undo: { state: 'open' } })
    const { method, path } = muted?.undo?.request ?? { method: 'GET', path: '' }
    expect((await asOperator(method, path)).status).toBe(204)
    expect(await listed()).toEqual([id])
    expect((await log('act=reporter.mute'))[0]?.undo?.state).toBe('undone')
    const unmuted = (await log('act=reporter.unmute'))[0]?.undo
    expect(unmuted).toMatchObject({ state: 'open', request: { method: 'PUT' } })
    expect((await log('act=reporter.mute')).length).toBe(1)
  })

  it('is named by the whole id, not by its start', async () => {
    const [id = ''] = await several(1)
    await report(id)
    const reporter = (await onlyFlag(id))?.reporter.id ?? ''
    for (const other of [reporter.slice(0, 15), reporter.slice(0, 1), `${reporter}0`])
      expect((await muting('PUT', other)).status).toBe(404)
    expect(await listed()).toEqual([id])
  })

  it('must have reported there', async () => {
    const [id = ''] = await several(1)
    await report(id)
    const reporter = (await onlyFlag(id))?.reporter.id ?? ''
    expect((await muting('PUT', reporter.slice(0, 8))).status).toBe(404)
    expect(await listed()).toEqual([id])
    expect((await muting('PUT', 'nobody-at-all-00')).status).toBe(404)
    expect((await muting('DELETE', 'nobody-at-all-00')).status).toBe(404)
  })

  it('counts nowhere either by what an undo opens again, nor is kept out by it once they count again', async () => {
    const token = crypto.randomUUID()
    const [first = '', second = ''] = await several(2)
    for (const id of [first, second]) await report(id, { token, reason: 'abuse' })
    const reporter = (await onlyFlag(first))?.reporter.id ?? ''
    const { decisionId } = await decided(first, 'approve')
    await muting('PUT', reporter)
    await undo(decisionId)
    expect([await listed(), await flaggedIds(), (await queue()).reported]).toEqual([[], [], 0])
    const again = await decided(second, 'approve')
    await muting('DELETE', reporter)
    await undo(again.decisionId)
    expect((await listed()).sort()).toEqual([first, second].sort())
  })

  it('gains no past by what is answered meanwhile', async () => {
    const token = crypto.randomUUID()
    const [id = '', other = ''] = await several(2)
    await report(id, { token })
    const reporter = (await onlyFlag(id))?.reporter.id ?? ''
    await muting('PUT', reporter)
    await decided(id, 'approve')
    await muting('DELETE', reporter)
    await report(other, { token })
    expect((await onlyFlag(other))?.reporter).toEqual({ id: reporter, upheld: 0, refused: 0 })
  })
})

it('A comment that nobody sees cannot be reported', async () => {
  const hidden = comment({ key: '/hidden' })
  await json(post(hidden), 202)
  const answer = await call('POST', `/v1/sites/blog/comments/${hidden.id}/flags`, {
    token: crypto.randomUUID(),
    body: { reason: 'illegal' },
  })
  expect(answer.status).toBe(404)
  expect(await listed()).toEqual([])
})
