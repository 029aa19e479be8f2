import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { AuditEntry } from '../../../worker/contract/auditLog.ts'
import type { Comment } from '../../../worker/contract/comment.ts'
import type { DecisionResults } from '../../../worker/contract/decisions.ts'
import type { ErrorBody } from '../../../worker/contract/errors.ts'
import type { Page } from '../../../worker/contract/page.ts'
import type { Liked, NewFlag } from '../../../worker/contract/reactions.ts'
import { purge } from '../../../worker/store/retention.ts'
import { spamText } from '../corpus.ts'
import { deliver, losing, withBatch } from '../jobs.ts'
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
import { addSchool, decideAll, stats, stored, study } from '../school.ts'

beforeEach(() => addSite())

const someone = () => crypto.randomUUID()
const path = (id: string, noun: string, site = 'blog') => `/v1/sites/${site}/comments/${id}/${noun}`
const like = (id: string, token = someone(), more = {}) => call('PUT', path(id, 'like'), { token, ...more })
const unlike = (id: string, token: string) => call('DELETE', path(id, 'like'), { token })
const flag = (id: string, body: unknown = { reason: 'spam' }, more = {}) =>
  call('POST', path(id, 'flags'), { body, token: someone(), ...more })
const flagged = async (id: string, times: number, more: Partial<NewFlag> = {}) => {
  for (let time = 0; time < times; time++)
    expect((await flag(id, { reason: 'spam', ...more })).status).toBe(204)
}
const undo = (decisionId: string) => json(asOperator('DELETE', `/v1/decisions/${decisionId}`))
const item = async (id: string) => (await queue(`tab=all&ids=${id}`)).items[0]
const shown = async (id: string) => (await thread()).items.find((one) => one.id === id)
/** The token of somebody whose comment a person approved. */
const knownReader = async () => {
  const token = someone()
  await approved({ key: '/known' }, { token })
  return token
}
const from = (address: string) => ({ headers: { 'cf-connecting-ip': address } })
const told = async (answer: Response | Promise<Response>, status: number) =>
  (await json<ErrorBody>(answer, status)).error

/** What the tabs count, and what they would if they were counted anew. */
async function tabs() {
  const recount = async (tab: string) => (await queue(`tab=${tab}&limit=100`)).items.length
  return {
    counts: (await queue()).counts,
    recount: {
      held: await recount('held'),
      flagged: await recount('flagged'),
      appeals: await recount('appeals'),
      spam: await recount('spam'),
      all: await recount('all'),
    },
  }
}
async function expectTrueCounts() {
  const { counts, recount } = await tabs()
  expect(counts).toEqual(recount)
}

const hostile: [string, unknown][] = [
  ['no JSON', '{"reason":'],
  ['a list', ['spam']],
  ['nothing', null],
  ['text', '"spam"'],
  ['another prototype', '{"__proto__":{"reason":"spam"}}'],
  ['no reason', {}],
  ['a reason of its own', { reason: 'constructor' }],
  ['a list of reasons', { reason: ['spam'] }],
  ['a number for a note', { reason: 'spam', note: 1 }],
  ['a lone surrogate', '{"reason":"spam","note":"\\ud800"}'],
  ['a note too long', { reason: 'spam', note: 'x'.repeat(10_000) }],
]

describe('What readers do to a comment', () => {
  const acts = [
    ['PUT', 'like', undefined],
    ['DELETE', 'like', undefined],
    ['POST', 'flags', { reason: 'abuse' }],
  ] as const

  it.each(acts)('(%s %s) looks the same for a hidden comment and for none', async (method, noun, body) => {
    const waiting = await posted()
    const refused = await posted()
    await decided(refused.comment.id, 'spam')
    const withdrawn = await approved()
    await call('DELETE', `/v1/sites/blog/comments/${withdrawn.comment.id}`, { token: withdrawn.token })
    const ask = async (id: string, token: string = someone()) => {
      const answer = await call(method, path(id, noun), { body, token })
      return [answer.status, [...answer.headers], await answer.text()]
    }
    const absent = await ask(crypto.randomUUID())
    expect(absent[0]).toBe(404)
    for (const { comment, token } of [waiting, refused, withdrawn]) {
      expect(await ask(comment.id)).toEqual(absent)
      expect(await ask(comment.id, token)).toEqual(absent)
    }
    expect(await ask('%27%20OR%201=1')).toEqual(absent)
  })

  it.each(acts)(
    '(%s %s) needs a page of the site, a token, and another’s comment',
    async (method, noun, body) => {
      const { comment, token } = await approved()
      await addSite({ id: 'other', origins: ['https://other.example'] })
      const ask = (more: object) => call(method, path(comment.id, noun), { body, token: someone(), ...more })
      expect(await told(ask({ token: undefined }), 401)).toMatchObject({ code: 'unauthorized' })
      expect(await told(ask({ token: 'x'.repeat(21) }), 400)).toMatchObject({ code: 'invalid' })
      expect(await told(ask({ origin: 'https://evil.example' }), 403)).toMatchObject({ code: 'wrong_origin' })
      expect(await told(ask({ origin: null }), 403)).toMatchObject({ code: 'wrong_origin' })
      expect(await told(ask({ token }), 403)).toMatchObject({ code: 'forbidden' })
      const elsewhere = call(method, path(comment.id, noun, 'other'), {
        body,
        token: someone(),
        origin: 'https://other.example',
      })
      expect(await told(elsewhere, 404)).toMatchObject({ code: 'not_found' })
      expect((await shown(comment.id))?.likes).toBe(0)
    },
  )

  it.each(acts)('(%s %s) is refused to the banned', async (method, noun, body) => {
    const { comment } = await approved()
    const ban = { siteId: 'blog', kind: 'address', value: '203.0.113.0/24' }
    await json(asOperator('POST', '/v1/bans', ban), 201)
    const answer = call(method, path(comment.id, noun), { body, token: someone(), ...from('203.0.113.9') })
    expect(await told(answer, 403)).toMatchObject({ code: 'banned' })
  })

  it('is limited by address, apart from posts', async () => {
    const { comment } = await approved()
    const token = someone()
    const often = async (times: number) => {
      const answers: Response[] = []
      while (answers.length < times) answers.push(await like(comment.id, token, from('203.0.113.39')))
      return answers.filter(({ status }) => status !== 200)
    }
    expect(await often(60)).toEqual([])
    // A new minute may have begun among them: then there are sixty more.
    const [refused] = await often(61)
    expect(refused?.status).toBe(429)
    expect(refused?.headers.get('retry-after')).toBe('60')
    await posted({}, from('203.0.113.39'))
    expect((await like(comment.id, someone(), from('203.0.113.40'))).status).toBe(200)
  })

  it('may be done from the pages of the site, as browsers ask beforehand', async () => {
    const answer = await call('OPTIONS', path(someone(), 'like'))
    expect(answer.headers.get('access-control-allow-methods')).toContain('PUT')
  })
})

describe('A like', () => {
  it('counts once a reader, and is taken back', async () => {
    const { comment } = await approved()
    const reader = someone()
    const version = (await thread()).thread.version
    expect(await json<Liked>(like(comment.id, reader))).toEqual({ likes: 1 })
    expect(await json<Liked>(like(comment.id, reader))).toEqual({ likes: 1 })
    expect((await thread()).thread.version).toBe(version + 1)
    expect(await json<Liked>(like(comment.id))).toEqual({ likes: 2 })
    expect((await shown(comment.id))?.likes).toBe(2)
    expect(await json<Liked>(unlike(comment.id, reader))).toEqual({ likes: 1 })
    expect(await json<Liked>(unlike(comment.id, reader))).toEqual({ likes: 1 })
    expect(await json<Liked>(unlike(comment.id, someone()))).toEqual({ likes: 1 })
  })

  it('is one when the same reader sends fifty at once', async () => {
    const { comment } = await approved()
    const reader = someone()
    const answers = await Promise.all(Array.from({ length: 50 }, () => like(comment.id, reader)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect((await shown(comment.id))?.likes).toBe(1)
    await Promise.all(Array.from({ length: 20 }, () => unlike(comment.id, reader)))
    expect((await shown(comment.id))?.likes).toBe(0)
  })

  it.each([
    ['an address', 5, () => '203.0.113.19'],
    ['an IPv6 /56', 5, (index: number) => `2001:db8:6:10${index.toString(16).padStart(2, '0')}::1`],
    ['an IPv4 /24', 10, (index: number) => `203.0.113.${index}`],
    ['an IPv6 /48', 10, (index: number) => `2001:db8:7:${(index * 256).toString(16)}::1`],
  ])('from %s is one of %i at most a day, whatever the tokens', async (_, most, address) => {
    const { comment } = await approved()
    for (let likes = 1; likes <= most; likes++)
      expect(await json<Liked>(like(comment.id, someone(), from(address(likes))))).toEqual({ likes })
    const one = like(comment.id, someone(), from(address(most + 1)))
    expect(await told(one, 429)).toMatchObject({ code: 'rate_limited' })
    expect(await json<Liked>(like(comment.id))).toEqual({ likes: most + 1 })
  })

  it('counts from whom people approved before, whatever others of their network do', async () => {
    const { comment } = await approved()
    const known = await knownReader()
    for (let likes = 1; likes <= 5; likes++) await json(like(comment.id, someone(), from('203.0.113.19')))
    expect(await json<Liked>(like(comment.id, known, from('203.0.113.19')))).toEqual({ likes: 6 })
    expect((await like(comment.id, someone(), from('203.0.113.19'))).status).toBe(429)
  })
})

describe('A flag', () => {
  it('brings a comment before a person with the threshold’s last, and readers see it as before', async () => {
    const { comment } = await approved()
    const before = await thread()
    await flagged(comment.id, 2)
    expect((await queue('tab=flagged')).items).toEqual([])
    expect((await item(comment.id))?.flags).toBeNull()
    await flag(comment.id, { reason: 'abuse', note: '  He called me names.\n\nTwice.  ' })
    const { items, counts } = await queue('tab=flagged')
    expect(counts.flagged).toBe(1)
    expect(items.map(({ id, flags }) => ({ id, flags }))).toEqual([
      {
        id: comment.id,
        flags: { count: 3, reasons: { spam: 2, abuse: 1 }, notes: ['He called me names.\n\nTwice.'] },
      },
    ])
    await flagged(comment.id, 1)
    expect((await queue()).counts.flagged).toBe(1)
    expect((await item(comment.id))?.flags?.count).toBe(4)
    expect(await thread()).toEqual(before)
  })

  it('counts once a reader and once a network', async () => {
    const { comment } = await approved()
    const token = someone()
    for (const reason of ['spam', 'other'])
      expect((await flag(comment.id, { reason }, { token })).status).toBe(204)
    for (const address of ['203.0.113.29', '203.0.113.29', '203.0.113.30', '::ffff:203.0.113.31'])
      expect((await flag(comment.id, { reason: 'off_topic' }, from(address))).status).toBe(204)
    expect((await queue()).counts.flagged).toBe(0)
    await flagged(comment.id, 1)
    expect((await item(comment.id))?.flags).toEqual({
      count: 3,
      reasons: { spam: 2, off_topic: 1 },
      notes: [],
    })
  })

  it('is taken fifty times at most, and then answered as before', async () => {
    const { comment } = await approved()
    await flagged(comment.id, 55)
    expect((await item(comment.id))?.flags?.count).toBe(50)
  })

  it('from nine addresses of one network brings no comment before a person, and leaves room for others', async () => {
    const { comment } = await approved()
    for (let time = 0; time < 54; time++) {
      const crowd = from(`2001:db8:9:${(time % 9) * 256}::1`)
      expect((await flag(comment.id, { reason: 'spam', note: 'x' }, crowd)).status).toBe(204)
    }
    expect((await queue()).counts.flagged).toBe(0)
    await flagged(comment.id, 2)
    expect((await item(comment.id))?.flags?.count).toBe(3)
  })

  it('weighs twice from whom people approved before, and their network no more than the best of its readers', async () => {
    const { comment } = await approved()
    await flag(comment.id, undefined, { token: await knownReader(), ...from('203.0.113.50') })
    await flag(comment.id, undefined, from('203.0.113.51'))
    await flag(comment.id, undefined, { token: await knownReader(), ...from('203.0.113.52') })
    expect((await queue()).counts.flagged).toBe(0)
    await flag(comment.id, undefined, from('203.0.112.50'))
    expect((await item(comment.id))?.flags?.count).toBe(2)
  })

  it('is one when the same reader sends it many times at once', async () => {
    const { comment } = await approved()
    const token = someone()
    await Promise.all(Array.from({ length: 20 }, () => flag(comment.id, undefined, { token })))
    await flagged(comment.id, 2)
    expect((await item(comment.id))?.flags?.count).toBe(3)
    expect((await queue()).counts.flagged).toBe(1)
  })

  it.each(hostile)('is refused with %s', async (_, body) => {
    const { comment } = await approved()
    expect((await flag(comment.id, body)).status).toBe(400)
    await flagged(comment.id, 2)
    expect((await queue()).counts.flagged).toBe(0)
  })

  it('weighs as its site says', async () => {
    const set = (flagThreshold: unknown) =>
      asOperator('PATCH', '/v1/sites/blog', { settings: { flagThreshold } })
    for (const wrong of [0, 21, 1.5, '3', null])
      expect(await told(set(wrong), 400)).toMatchObject({ field: 'settings.flagThreshold' })
    await json(set(1))
    const { comment } = await approved()
    await flagged(comment.id, 1)
    expect((await queue('tab=flagged')).items).toHaveLength(1)
  })

  it('is answered by keeping the comment, which is a decision, and open again by its undo', async () => {
    const { comment } = await approved()
    const before = await item(comment.id)
    await flagged(comment.id, 3, { note: 'Look.' })
    const open = await item(comment.id)
    const { decisionId } = await decided(comment.id, 'approve', { status: 'approved' })
    expect(decisionId).not.toBe(before?.decision?.id)
    expect(await item(comment.id)).toMatchObject({
      status: 'approved',
      flags: null,
      decision: { id: decisionId },
    })
    expect((await queue()).counts.flagged).toBe(0)
    const log = await json<Page<AuditEntry>>(asOperator('GET', `/v1/audit-log?comment=${comment.id}`))
    expect(log.items[0]).toMatchObject({ act: 'comment.approve', details: { from: 'approved', flags: 3 } })
    await undo(decisionId)
    expect(await item(comment.id)).toEqual(open)
    await expectTrueCounts()
  })

  it('counts anew after an answer, and not from those who flagged before', async () => {
    const { comment } = await approved()
    const early = Array.from({ length: 3 }, someone)
    for (const token of early) await flag(comment.id, undefined, { token })
    const { decisionId } = await decided(comment.id, 'approve')
    for (const token of early) expect((await flag(comment.id, undefined, { token })).status).toBe(204)
    await flagged(comment.id, 2)
    expect((await queue()).counts.flagged).toBe(0)
    await undo(decisionId)
    expect((await item(comment.id))?.flags?.count).toBe(5)
    await decided(comment.id, 'approve')
    await flagged(comment.id, 6)
    expect((await item(comment.id))?.flags?.count).toBe(6)
    await expectTrueCounts()
  })

  it('undoes an answer only with more and better readers than those whom it answered', async () => {
    const { comment } = await approved()
    for (const net of [1, 2, 3]) await flag(comment.id, undefined, from(`203.0.${net}.1`))
    await decided(comment.id, 'approve')
    for (const net of [1, 2, 3, 4, 5, 6]) await flag(comment.id, undefined, from(`203.0.${net}.2`))
    expect((await queue()).counts.flagged).toBe(0)
    await flag(comment.id, undefined, { token: await knownReader() })
    expect((await item(comment.id))?.flags?.count).toBe(4)
    await decided(comment.id, 'approve')
    await flagged(comment.id, 8)
    expect((await queue()).counts.flagged).toBe(0)
    await flagged(comment.id, 1)
    expect((await queue()).counts.flagged).toBe(1)
  })

  it('waits for more after an answer, and is enough with those that the undo opens again', async () => {
    const { comment } = await approved()
    await flagged(comment.id, 2)
    const rejected = await decided(comment.id, 'reject')
    await undo(rejected.decisionId)
    expect((await queue()).counts.flagged).toBe(0)
    const kept = await decided(comment.id, 'spam')
    await undo(kept.decisionId)
    await flagged(comment.id, 1)
    expect((await item(comment.id))?.flags?.count).toBe(3)
  })

  it('tells a person whose keeping was overtaken', async () => {
    const { comment } = await approved()
    await flagged(comment.id, 3)
    const { token } = await json<{ token: string }>(asOperator('POST', '/v1/tokens', { name: 'Mika' }), 201)
    await decided(comment.id, 'approve', { status: 'approved' })
    const late = call('POST', '/v1/decisions', {
      origin: null,
      token,
      body: [{ commentId: comment.id, revision: 1, action: 'reject', status: 'approved' }],
    })
    expect(await told(late, 409)).toMatchObject({ code: 'conflict' })
    expect((await item(comment.id))?.status).toBe('approved')
  })

  it('stays while an edit waits, and speaks to screening', async () => {
    const { comment, token } = await approved()
    await flagged(comment.id, 3)
    const body = { body: 'Kinder words.', revision: 1 }
    await json(call('PATCH', `/v1/sites/blog/comments/${comment.id}`, { token, body }))
    const edited = await screened(comment.id)
    expect(edited).toMatchObject({ status: 'pending', shown: true, flags: { count: 3 } })
    expect(edited.findings).toContainEqual(expect.objectContaining({ code: 'flagged', params: { count: 3 } }))
    await expectTrueCounts()
    await decided(comment.id, 'approve', { revision: 2 })
    expect((await item(comment.id))?.flags).toBeNull()
    await expectTrueCounts()
  })

  it('is gone, words and all, with a comment that its author withdraws', async () => {
    const { comment, token } = await approved()
    await flagged(comment.id, 3, { note: 'It says: secret.' })
    await call('DELETE', `/v1/sites/blog/comments/${comment.id}`, { token })
    const { results } = await env.DB.prepare('SELECT * FROM flags').all()
    expect(results).toEqual([])
    expect((await item(comment.id))?.flags).toBeNull()
    await expectTrueCounts()
  })

  it.each(['reject', 'spam', 'delete', 'restore'] as const)(
    'is answered by %s too, counted truly there and back',
    async (action) => {
      const { comment } = await posted()
      await screened(comment.id)
      await decided(comment.id, 'approve')
      await flagged(comment.id, 3)
      const open = await item(comment.id)
      const { decisionId } = await decided(comment.id, action)
      expect((await item(comment.id))?.flags).toBeNull()
      await expectTrueCounts()
      await undo(decisionId)
      expect(await item(comment.id)).toEqual(open)
      await expectTrueCounts()
    },
  )

  it('keeps the tabs true through any course of decisions, undos, edits and more flags', async () => {
    const made = await Promise.all([approved(), approved(), approved()])
    const stack: string[] = []
    let seed = 7
    const next = (most: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
      return seed % most
    }
    for (let step = 0; step < 60; step++) {
      const { comment, token } = made[next(3)] as (typeof made)[0]
      const present = await item(comment.id)
      const revision = present?.revision
      const act = next(8)
      if (act < 4) await flag(comment.id)
      else if (act < 6) {
        const action = (['approve', 'approve', 'reject', 'restore'] as const)[next(4)]
        const { results } = await json<{ results: { decisionId?: string }[] }>(
          decide(comment.id, action ?? 'approve', { revision, status: present?.status }),
        )
        if (results[0]?.decisionId) stack.push(results[0].decisionId)
      } else if (act === 6 && stack.length) await asOperator('DELETE', `/v1/decisions/${stack.pop()}`)
      else {
        const body = { body: `Edited ${step}.`, revision }
        await call('PATCH', `/v1/sites/blog/comments/${comment.id}`, { token, body })
      }
      await expectTrueCounts()
    }
  })

  it('and a like forget their addresses after three days', async () => {
    const { comment } = await approved()
    await flagged(comment.id, 3)
    await json(like(comment.id))
    const addresses = async () => {
      const { results } = await env.DB.prepare(
        'SELECT network AS hash FROM flags UNION ALL SELECT network FROM likes UNION ALL SELECT customer FROM likes',
      ).all<{ hash: string | null }>()
      return results.filter(({ hash }) => hash !== null).length
    }
    const day = 86_400_000
    await purge(env.DB, Date.now() + 2 * day)
    expect(await addresses()).toBe(5)
    await purge(env.DB, Date.now() + 4 * day)
    expect(await addresses()).toBe(0)
    expect((await item(comment.id))?.flags?.count).toBe(3)
  })
})

describe('A pin', () => {
  const pin = (id: string, method = 'PUT') => asOperator(method, `/v1/comments/${id}/pin`)

  it('puts a comment above the others until it is taken away', async () => {
    await approved()
    const { comment } = await approved()
    const version = (await thread()).thread.version
    for (let time = 0; time < 2; time++) expect((await pin(comment.id)).status).toBe(204)
    const page = await thread()
    expect(page.thread.version).toBe(version + 1)
    expect(page.items[0]).toMatchObject({ id: comment.id, pinned: true })
    expect(await item(comment.id)).toMatchObject({ pinned: true })
    for (let time = 0; time < 2; time++) expect((await pin(comment.id, 'DELETE')).status).toBe(204)
    expect((await shown(comment.id))?.pinned).toBeUndefined()
    const log = await json<Page<AuditEntry>>(asOperator('GET', `/v1/audit-log?comment=${comment.id}`))
    expect(log.items.map(({ act }) => act).slice(0, 2)).toEqual(['comment.unpin', 'comment.pin'])
    expect(log.items.filter(({ act }) => act === 'comment.pin')).toHaveLength(1)
  })

  it('is for three shown root comments of a thread, however many ask at once', async () => {
    const roots = await Promise.all(Array.from({ length: 5 }, () => approved()))
    const answers = await Promise.all(roots.map(({ comment }) => pin(comment.id)))
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 204, 204, 409, 409])
    const reply = await approved({ parentId: roots[0]?.comment.id ?? '' })
    expect(await told(pin(reply.comment.id), 409)).toMatchObject({ code: 'conflict' })
    const waiting = await posted({ key: '/other' })
    expect(await told(pin(waiting.comment.id), 409)).toMatchObject({ code: 'conflict' })
    expect((await pin(crypto.randomUUID())).status).toBe(404)
  })

  it('is lost when readers see the comment no more, and not put back', async () => {
    const { comment } = await approved()
    await pin(comment.id)
    const { decisionId } = await decided(comment.id, 'reject')
    expect((await item(comment.id))?.pinned).toBe(false)
    await undo(decisionId)
    expect((await item(comment.id))?.pinned).toBe(false)
  })

  it('is for staff', async () => {
    const { comment, token } = await approved()
    const answer = call('PUT', `/v1/comments/${comment.id}/pin`, { token })
    expect(await told(answer, 401)).toMatchObject({ code: 'unauthorized' })
  })
})

describe('A badge', () => {
  const badge = (id: string, body: unknown) => asOperator('PUT', `/v1/authors/${id}/badge`, body)

  it('stands beside an author’s name in all their threads until it is taken away', async () => {
    const { comment, token } = await approved()
    await approved({ key: '/second' }, { token })
    const version = (await thread('key=/second')).thread.version
    const author = (await shown(comment.id))?.author.id ?? ''
    for (let time = 0; time < 2; time++) expect((await badge(author, { badge: ' Editor ' })).status).toBe(204)
    expect((await shown(comment.id))?.author.badge).toBe('Editor')
    expect((await own(comment.id, token)).author.badge).toBe('Editor')
    expect((await item(comment.id))?.author.badge).toBe('Editor')
    expect((await thread('key=/second')).thread.version).toBe(version + 1)
    expect((await badge(author, { badge: null })).status).toBe(204)
    expect((await shown(comment.id))?.author.badge).toBeUndefined()
    const { items } = await json<Page<AuditEntry>>(asOperator('GET', '/v1/audit-log'))
    expect(items.filter(({ act }) => act === 'author.badge').map(({ details }) => details)).toEqual([
      { value: author, badge: null },
      { value: author, badge: 'Editor' },
    ])
  })

  it.each([
    [{}],
    [{ badge: '' }],
    [{ badge: '\u200b' }],
    [{ badge: 7 }],
    [{ badge: 'Two\nlines' }],
    [{ badge: 'x'.repeat(31) }],
    ['{"__proto__":{"badge":"Staff"}}'],
  ])('is refused as %j', async (body) => {
    const { comment } = await approved()
    const author = (await shown(comment.id))?.author.id ?? ''
    expect((await badge(author, body)).status).toBe(400)
    expect((await shown(comment.id))?.author.badge).toBeUndefined()
  })

  it('is given to authors there are, by owners', async () => {
    expect((await badge('0123456789ab', { badge: 'Staff' })).status).toBe(404)
    const { comment, token } = await approved()
    const author = (await shown(comment.id))?.author.id ?? ''
    const answer = call('PUT', `/v1/authors/${author}/badge`, { token, body: { badge: 'Staff' } })
    expect((await answer).status).toBe(401)
  })
})

describe('An appeal', () => {
  const appeal = (id: string, token: string, body: unknown = { note: 'Please look again.' }, more = {}) =>
    call('POST', path(id, 'appeal'), { token, body, ...more })
  const history = async (id: string) => {
    const { approved, rejected, spam } = (await item(id))?.history ?? {}
    return { approved, rejected, spam }
  }
  const refused = async (action: 'reject' | 'spam' = 'reject') => {
    const made = await posted()
    await screened(made.comment.id)
    const { decisionId } = await decided(made.comment.id, action)
    return { id: made.comment.id, token: made.token, decisionId }
  }

  it.each(['reject', 'spam'] as const)(
    'brings what was refused (%s) back to a person, once',
    async (action) => {
      const { id, token } = await refused(action)
      expect((await own(id, token)).own?.appealable).toBe(true)
      const { comment } = await json<{ comment: Comment }>(appeal(id, token, { note: '  I meant it well. ' }))
      expect(comment.own).toMatchObject({ status: 'pending', editableUntil: null })
      expect(comment.own?.appealable).toBeUndefined()
      expect(await item(id)).toMatchObject({
        status: 'pending',
        verdict: 'hold',
        appeal: 'I meant it well.',
        decision: { action: 'appeal', byKind: 'author' },
      })
      await expectTrueCounts()
      expect(await told(appeal(id, token), 409)).toMatchObject({ code: 'appealed_before' })
      await decided(id, 'reject')
      expect((await own(id, token)).own?.appealable).toBeUndefined()
      expect(await told(appeal(id, token), 409)).toMatchObject({ code: 'appealed_before' })
      await expectTrueCounts()
    },
  )

  it('waits in a tab of its own, beside the refusal it is about, until a decision that says something to its author', async () => {
    const { id, token } = await refused('spam')
    await appeal(id, token)
    await stored('blog', ['Another thought that waits.'])
    const waits = await queue('tab=appeals')
    expect(waits.items).toMatchObject([
      { id, appealed: { state: 'open', answer: null, refusal: { action: 'spam', byKind: 'operator' } } },
    ])
    expect(waits.counts).toMatchObject({ held: 2, appeals: 1 })
    expect((await queue(`tab=appeals&thread=${waits.items[0]?.thread.id}`)).items).toHaveLength(1)
    expect((await own(id, token)).own?.appeal).toEqual({ state: 'open', answer: null })

    const answer = 'You are right, and we are sorry.'
    const { results } = await json<DecisionResults>(
      asOperator('POST', '/v1/decisions', [{ commentId: id, revision: 1, action: 'approve', answer }]),
    )
    expect((await own(id, token)).own?.appeal).toEqual({ state: 'overturned', answer })
    expect((await queue('tab=appeals')).items).toEqual([])
    await expectTrueCounts()
    const log = await json<Page<AuditEntry>>(asOperator('GET', `/v1/audit-log?comment=${id}`))
    expect(log.items[0]).toMatchObject({ act: 'comment.approve', details: { appeal: 'overturned' } })
    expect(JSON.stringify(log)).not.toContain('sorry')

    await undo((results[0] as { decisionId: string }).decisionId)
    expect((await own(id, token)).own?.appeal).toEqual({ state: 'open', answer: null })
    expect((await queue('tab=appeals')).items).toHaveLength(1)
    await expectTrueCounts()
    await decided(id, 'reject')
    expect((await own(id, token)).own?.appeal).toEqual({ state: 'upheld', answer: null })
    await expectTrueCounts()
  })

  it('is one of many sent at once', async () => {
    const { id, token } = await refused()
    const answers = await Promise.all(Array.from({ length: 5 }, () => appeal(id, token)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409])
    const { items } = await json<Page<AuditEntry>>(asOperator('GET', `/v1/audit-log?comment=${id}`))
    expect(items.filter(({ act }) => act === 'comment.appeal')).toHaveLength(1)
  })

  it('clears no record: the refusal counts until a person decides otherwise', async () => {
    const { id, token } = await refused('spam')
    await appeal(id, token)
    expect(await history(id)).toEqual({ approved: 0, rejected: 0, spam: 1 })
    const again = await decided(id, 'reject')
    expect(await history(id)).toEqual({ approved: 0, rejected: 1, spam: 0 })
    await undo(again.decisionId)
    expect(await item(id)).toMatchObject({ status: 'pending', decision: { action: 'appeal' } })
    expect(await history(id)).toEqual({ approved: 0, rejected: 0, spam: 1 })
    await decided(id, 'approve')
    expect(await history(id)).toEqual({ approved: 1, rejected: 0, spam: 0 })
    await expectTrueCounts()
  })

  it('clears no record by withdrawing what waits for another look', async () => {
    const { id, token } = await refused()
    await appeal(id, token, { note: 'My words.' })
    expect((await call('DELETE', `/v1/sites/blog/comments/${id}`, { token })).status).toBe(204)
    expect(await item(id)).toMatchObject({ status: 'rejected', body: '', appeal: '' })
    expect(await history(id)).toEqual({ approved: 0, rejected: 1, spam: 0 })
    await expectTrueCounts()
  })

  it('leaves the text as it was refused', async () => {
    const { id, token } = await refused()
    await appeal(id, token)
    const body = { body: 'Something else.', revision: 1 }
    const edit = call('PATCH', `/v1/sites/blog/comments/${id}`, { token, body })
    expect(await told(edit, 403)).toMatchObject({ code: 'edit_window_over' })
  })

  describe('of what screening had not looked at', () => {
    const token = 'author-token-of-a-reader'
    const waiting = async () => {
      await json(asOperator('PATCH', '/v1/sites/blog', { policy: 'postmoderate' }))
      const [id] = (await stored('blog', ['A calm thought.'], { token })) as [string]
      const appealed = async () => {
        await json(decide(id, 'reject'))
        await json(appeal(id, token))
      }
      return { id, appealed, job: { v: 1, id, revision: 1 } }
    }
    const expectWaiting = async (id: string) =>
      expect(await item(id)).toMatchObject({
        status: 'pending',
        verdict: 'hold',
        decision: { action: 'appeal' },
      })

    it('is left to a person by screening that comes later', async () => {
      const { id, appealed, job } = await waiting()
      await appealed()
      await deliver([job])
      await expectWaiting(id)
    })

    it('is left to a person by screening that was at work', async () => {
      const { id, appealed, job } = await waiting()
      let interrupted = false
      const writing = withBatch(async (statements) => {
        if (!interrupted) await appealed()
        interrupted = true
        return env.DB.batch(statements)
      })
      await deliver([job], { environment: writing })
      expect(interrupted).toBe(true)
      await expectWaiting(id)
    })
  })

  it('cannot be undone by a person, who decides instead', async () => {
    const { id, token, decisionId } = await refused()
    await appeal(id, token)
    const appealed = (await item(id))?.decision?.id
    for (const one of [decisionId, appealed])
      expect(await told(asOperator('DELETE', `/v1/decisions/${one}`), 409)).toMatchObject({
        code: 'conflict',
      })
  })

  it('is for one’s own refused comments only', async () => {
    const { id, token } = await refused()
    const other = await posted()
    for (const [one, asker] of [
      [id, other.token],
      [crypto.randomUUID(), token],
    ] as const)
      expect(await told(appeal(one, asker), 404)).toMatchObject({ code: 'not_found' })
    expect(await told(appeal(other.comment.id, other.token), 409)).toMatchObject({ code: 'conflict' })
    const removed = await approved()
    await decided(removed.comment.id, 'delete')
    expect(await told(appeal(removed.comment.id, removed.token), 409)).toMatchObject({ code: 'conflict' })
    const away = appeal(id, token, {}, { origin: 'https://evil.example' })
    expect(await told(away, 403)).toMatchObject({ code: 'wrong_origin' })
    const author = (await item(id))?.author.id
    await json(asOperator('POST', '/v1/bans', { siteId: 'blog', kind: 'author', value: author }), 201)
    expect(await told(appeal(id, token), 403)).toMatchObject({ code: 'banned' })
    expect((await item(id))?.appeal).toBeNull()
  })

  it.each([
    ['[]'],
    ['{"note":{}}'],
    ['{"note":"\\udfff"}'],
    [JSON.stringify({ note: 'x'.repeat(10_000) })],
    ['{'],
  ])('is refused as %s', async (body) => {
    const { id, token } = await refused()
    expect((await appeal(id, token, body)).status).toBe(400)
    expect((await item(id))?.appeal).toBeNull()
  })

  it('needs no words', async () => {
    const { id, token } = await refused()
    await json(appeal(id, token, '{"__proto__":{"note":"x"}}'), 400)
    await json(appeal(id, token, '{}'))
    expect((await item(id))?.appeal).toBe('')
  })
})

describe('What the learner was taught', () => {
  it('stays while an appeal waits, taken in or not, and goes with a comment that is withdrawn', async () => {
    const site = await addSchool()
    const made = [
      await posted({ body: spamText(3) }, {}, site),
      await posted({ body: spamText(8) }, {}, site),
    ]
    const [early, late] = made.map(({ comment }) => comment.id) as [string, string]
    const tokens = made.map(({ token }) => token)
    const appealing = (id: string, token = '') => call('POST', path(id, 'appeal', site), { token, body: {} })
    const lessonsOf = async () => {
      await study(site)
      return (await stats(site)).automation.learnt.spam
    }
    await decideAll([{ id: early, action: 'spam' }], losing)
    expect(await lessonsOf()).toBe(1)
    await decideAll([{ id: late, action: 'spam' }], losing)
    await json(appealing(early, tokens[0]))
    await json(appealing(late, tokens[1]))
    expect(await lessonsOf()).toBe(2)
    await decideAll([{ id: early, action: 'reject' }], losing)
    expect(await lessonsOf()).toBe(1)
    await call('DELETE', `/v1/sites/${site}/comments/${late}`, { token: tokens[1] ?? '' })
    expect(await lessonsOf()).toBe(0)
  })
})
