import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { AuditEntry } from '../../../worker/contract/auditLog.ts'
import type { ErrorBody } from '../../../worker/contract/errors.ts'
import type { Page } from '../../../worker/contract/page.ts'
import type { Site } from '../../../worker/contract/site.ts'
import type { WordListMatches } from '../../../worker/contract/wordListMatches.ts'
import type { WordListEntries } from '../../../worker/contract/wordLists.ts'
import {
  addSite,
  approved,
  asOperator,
  call,
  host,
  json,
  posted,
  queue,
  screened,
  thread,
} from '../product.ts'

beforeEach(() => addSite())

const path = '/v1/sites/blog/word-lists'
const log = async () => (await json<Page<AuditEntry>>(asOperator('GET', '/v1/audit-log'))).items
const lists = async (site = 'blog') => {
  const { items } = await json<Page<WordListEntries>>(asOperator('GET', `/v1/sites/${site}/word-lists`))
  return Object.fromEntries(items.map(({ list, entries }) => [list, entries]))
}
const put = (list: string, body: unknown, type = 'application/json', site = 'blog') =>
  call('PUT', `/v1/sites/${site}/word-lists/${list}`, {
    body,
    origin: null,
    headers: {
      authorization: `Bearer ${env.OPERATOR_KEY}`,
      'content-type': type,
    },
  })
const plain = (list: string, text: string | Uint8Array) => put(list, text, 'text/plain; charset=utf-8')

/** A session of a moderator who is no owner. */
async function moderator(): Promise<string> {
  const { url } = await json<{ url: string }>(
    asOperator('POST', '/v1/sign-in-links', { name: 'Helper' }),
    201,
  )
  const answer = await call('POST', '/v1/session', {
    body: { token: new URL(url).hash.replace(/^#.*?([\w-]{20,})$/, '$1') },
    origin: host,
  })
  await env.DB.prepare("UPDATE staff SET role = 'moderator'").run()
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] as string
}

describe('A site’s word lists', () => {
  it('are empty until they are filled, and each is replaced as a whole', async () => {
    expect(await lists()).toEqual({ hold: [], spam: [], domains: [] })
    const stored = await json(put('spam', { entries: ['casino', ' Bonus* ', 'CASINO', ''] }))
    expect(stored).toEqual({ list: 'spam', entries: ['casino', 'Bonus*'] })
    await json(put('domains', { entries: ['https://www.Casino.example/x'] }))
    expect(await lists()).toEqual({ hold: [], spam: ['casino', 'Bonus*'], domains: ['casino.example'] })
    await json(put('spam', { entries: ['カジノ'] }))
    await json(put('domains', { entries: [] }))
    expect(await lists()).toEqual({ hold: [], spam: ['カジノ'], domains: [] })
  })

  it('are taken as plain text, an entry a line', async () => {
    const text = '\ufeff# words\r\ncasino\r\n\r\nカジノ\r\n'
    expect(await json(plain('hold', text))).toEqual({ list: 'hold', entries: ['casino', 'カジノ'] })
    expect(await json(asOperator('PUT', `${path}/hold`, { entries: ['sent untyped'] }))).toEqual({
      list: 'hold',
      entries: ['sent untyped'],
    })
    expect(await json(plain('hold', ''))).toEqual({ list: 'hold', entries: [] })
  })

  it('are noted in the audit log by name and number, without the words', async () => {
    await json(put('spam', { entries: ['casino', 'bonus'] }))
    expect((await log())[0]).toMatchObject({
      act: 'words.change',
      siteId: 'blog',
      actor: { kind: 'operator' },
      details: { list: 'spam', count: 2 },
    })
    expect(JSON.stringify(await log())).not.toContain('casino')
  })

  it('are each site’s own', async () => {
    await addSite({ id: 'other' })
    await json(put('spam', { entries: ['casino'] }))
    expect(await lists('other')).toEqual({ hold: [], spam: [], domains: [] })
    await json(put('spam', { entries: ['bonus'] }, undefined, 'other'))
    expect((await lists()).spam).toEqual(['casino'])
    for (const site of ['nowhere', 'BLOG', '%00', "'--"]) {
      const error = await json<ErrorBody>(put('spam', { entries: [] }, undefined, site), 404)
      expect(error.error.code).toBe('unknown_site')
      await json(asOperator('GET', `/v1/sites/${site}/word-lists`), 404)
    }
  })

  it('are read by moderators and changed by owners', async () => {
    const cookie = await moderator()
    const read = await call('GET', path, { headers: { cookie }, origin: host })
    expect(read.status).toBe(200)
    const change = { headers: { cookie }, origin: host, body: { entries: ['casino'] } }
    expect((await call('PUT', `${path}/spam`, change)).status).toBe(403)
    expect((await call('PUT', `${path}/spam`, { ...change, headers: {} })).status).toBe(401)
    expect((await lists()).spam).toEqual([])
  })

  it.each([
    ['nothing', 'words', { entries: [] }, 404, 'not_found', undefined],
    ['no entries', 'spam', {}, 400, 'missing', 'entries'],
    ['an array', 'spam', ['casino'], 400, 'wrong_type', undefined],
    ['a text', 'spam', { entries: 'casino' }, 400, 'wrong_type', 'entries'],
    ['a number', 'spam', { entries: ['ok', 7] }, 400, 'wrong_type', 'entries.1'],
    ['half a character', 'spam', '{"entries":["\\ud800"]}', 400, 'invalid', 'entries.0'],
    ['a null byte', 'spam', { entries: ['a\u0000b'] }, 400, 'invalid', 'entries.0'],
    ['two lines', 'spam', { entries: ['a\nb'] }, 400, 'invalid', 'entries.0'],
    ['nothing to see', 'spam', { entries: ['ok', '\u200b'] }, 400, 'invalid', 'entries.1'],
    ['all there is', 'spam', { entries: ['*'] }, 400, 'invalid', 'entries.0'],
    ['a long one', 'spam', { entries: ['x'.repeat(101)] }, 400, 'too_long', 'entries.0'],
    ['no domain', 'domains', { entries: ['a.example', 'casino'] }, 400, 'invalid', 'entries.1'],
    ['broken JSON', 'spam', '{"entries":[', 400, 'invalid_json', undefined],
    ['no UTF-8', 'spam', new Uint8Array([0x22, 0xff, 0x22]), 400, 'invalid_utf8', undefined],
    ['a megabyte and more', 'spam', { entries: ['x'.repeat(1024 * 1024)] }, 413, 'too_large', undefined],
  ] as const)('of %s are refused and leave what was there', async (_, list, body, status, code, field) => {
    await json(put('spam', { entries: ['before'] }))
    const { error } = await json<ErrorBody>(put(list, body), status)
    expect([error.code, error.field]).toEqual([code, field])
    expect((await lists()).spam).toEqual(['before'])
  })

  it('as plain text name the line that is wrong', async () => {
    const { error } = await json<ErrorBody>(plain('spam', `# words\n\nok\n${'x'.repeat(101)}`), 400)
    expect(error).toEqual({
      code: 'too_long',
      field: 'lines.4',
      limit: 100,
      message: 'Line 4: an entry has at most 100 characters.',
    })
    expect((await json<ErrorBody>(plain('domains', 'a.example\r\n\r\nb c'), 400)).error.message).toMatch(
      /^Line 3:/,
    )
    await json(plain('spam', new Uint8Array([0xff])), 400)
  })

  it('hold five thousand entries and no more', async () => {
    const entries = Array.from({ length: 5000 }, (_, index) => `${index} ${'w'.repeat(95)}`)
    expect((await json<WordListEntries>(plain('spam', entries.join('\n')))).entries).toEqual(entries)
    expect((await lists()).spam).toHaveLength(5000)
    const { error } = await json<ErrorBody>(plain('spam', [...entries, 'more'].join('\n')), 400)
    expect(error).toMatchObject({ code: 'too_long', limit: 5000, field: 'lines.5001' })
  })

  it('decide what becomes of a comment with one of their words', async () => {
    await json(asOperator('PATCH', '/v1/sites/blog', { policy: 'postmoderate' }))
    await json(put('spam', { entries: ['casino'] }))
    await json(put('hold', { entries: ['recipe'] }))
    const bad = await posted({ body: 'The best C4SINO in town, says everyone I know.' })
    const held = await posted({ body: 'What is the recipe for this one?' })
    expect(await screened(bad.comment.id)).toMatchObject({ verdict: 'spam', status: 'spam' })
    expect(await screened(held.comment.id)).toMatchObject({
      verdict: 'hold',
      findings: [{ code: 'wordlist' }, { code: 'new_author' }],
    })
    await json(put('spam', { entries: [] }))
    const fine = await posted({ body: 'That casino is a nice building, isn’t it?' })
    expect(await screened(fine.comment.id)).toMatchObject({ verdict: 'approve' })
  })
})

describe('A thread in which every comment waits', () => {
  it('holds what the policy would publish, until that is taken back', async () => {
    await json(asOperator('PATCH', '/v1/sites/blog', { policy: 'postmoderate' }))
    await approved()
    expect((await thread()).thread.moderated).toBe(false)
    expect((await asOperator('POST', '/v1/threads/1/check')).status).toBe(204)
    expect((await thread()).thread.moderated).toBe(true)
    const { comment: mine } = await posted()
    expect(await screened(mine.id)).toMatchObject({
      verdict: 'hold',
      thread: { checked: true },
      findings: expect.arrayContaining([
        expect.objectContaining({ code: 'condition', params: { conditions: ['thread'] } }),
        expect.objectContaining({ code: 'new_author' }),
      ]),
    })
    const elsewhere = await posted({ key: '/other' })
    expect(await screened(elsewhere.comment.id)).toMatchObject({ verdict: 'approve' })
    expect((await asOperator('DELETE', '/v1/threads/1/check')).status).toBe(204)
    const { comment: later } = await posted()
    expect(await screened(later.id)).toMatchObject({ verdict: 'approve', thread: { checked: false } })
    expect((await log()).filter(({ act }) => act.startsWith('thread'))).toMatchObject([
      { act: 'thread.uncheck', siteId: 'blog', details: { key: '/post' } },
      { act: 'thread.check', siteId: 'blog', details: { key: '/post' } },
    ])
  })

  it('is told anew to readers and to moderators', async () => {
    await approved()
    const read = () => call('GET', '/v1/sites/blog/thread?key=/post')
    const tagged = async () => (await read()).headers.get('etag')
    const before = [await tagged(), (await asOperator('GET', '/v1/queue')).headers.get('etag')]
    await asOperator('POST', '/v1/threads/1/check')
    expect(await tagged()).not.toBe(before[0])
    expect((await asOperator('GET', '/v1/queue')).headers.get('etag')).not.toBe(before[1])
    expect((await queue('tab=all')).items[0]?.thread.checked).toBe(true)
  })

  it.each(['0', '99', 'x', '-1', '1e3', '9'.repeat(30)])(
    'is not made of one that is not there: %s',
    async (id) => {
      for (const method of ['POST', 'DELETE']) await json(asOperator(method, `/v1/threads/${id}/check`), 404)
    },
  )
})

describe('A site’s settings', () => {
  const patch = (settings: Record<string, unknown>) => asOperator('PATCH', '/v1/sites/blog', { settings })

  it('have what screening needs, until they are chosen', async () => {
    const untouched = { id: 'new', name: 'New', origins: ['https://new.example'] }
    const { settings } = await json<Site>(asOperator('POST', '/v1/sites', untouched), 201)
    expect(settings).toEqual({
      bodyLimit: 10_000,
      closeAfterDays: 0,
      editMinutes: 15,
      readerMail: true,
      staffBadge: '',
      trustedAfter: 3,
      maxLinks: 2,
      automaticApproval: true,
      automaticSpam: true,
      errorRate: 0.01,
      publishedSpam: 'share',
      auditShare: 0.03,
      emailDays: 0,
      formerTextDays: 0,
      noteDays: 0,
      deliveryDays: 30,
      holdFirst: 0,
      holdDays: 0,
      holdLinks: false,
      holdNewDomains: false,
      holdNight: null,
      flagThreshold: 3,
      proof: 'none',
      dayBudget: 1000,
      networkBudget: 100,
      turnstileSiteKey: '',
      spamDays: 30,
      deletedDays: 30,
      rejectedDays: 0,
      pendingDays: 0,
      storageLimit: 0,
    })
    const holdNight = { from: 22, to: 6, timeZone: 'Asia/Tokyo' }
    const chosen = {
      errorRate: 0.1,
      auditShare: 0.5,
      holdFirst: 100,
      holdDays: 365,
      holdLinks: true,
      holdNight,
    }
    expect((await json<Site>(patch(chosen))).settings).toMatchObject({ ...chosen, maxLinks: 2 })
    expect((await json<Site>(patch({ holdNight: null }))).settings).toMatchObject({
      holdNight: null,
      holdFirst: 100,
    })
  })

  it.each([
    [{ errorRate: 0 }, 'errorRate', 'invalid'],
    [{ errorRate: 0.11 }, 'errorRate', 'invalid'],
    [{ errorRate: '0.01' }, 'errorRate', 'wrong_type'],
    [{ auditShare: -0.01 }, 'auditShare', 'invalid'],
    [{ auditShare: 1.01 }, 'auditShare', 'invalid'],
    [{ holdFirst: 101 }, 'holdFirst', 'invalid'],
    [{ holdFirst: 1.5 }, 'holdFirst', 'invalid'],
    [{ holdDays: 366 }, 'holdDays', 'invalid'],
    [{ holdDays: -1 }, 'holdDays', 'invalid'],
    [{ holdLinks: 1 }, 'holdLinks', 'wrong_type'],
    [{ automaticSpam: null }, 'automaticSpam', 'wrong_type'],
    [{ holdNight: { from: 22, to: 24, timeZone: 'UTC' } }, 'holdNight.to', 'invalid'],
    [{ holdNight: { from: 5, to: 5, timeZone: 'UTC' } }, 'holdNight', 'invalid'],
    [{ holdNight: { from: 22, to: 6 } }, 'holdNight.timeZone', 'missing'],
    [{ holdNight: { from: 22, to: 6, timeZone: 'Mars/Olympus' } }, 'holdNight.timeZone', 'invalid'],
    [{ holdNight: { from: 22, to: 6, timeZone: '+09:00' } }, 'holdNight.timeZone', 'invalid'],
    [{ holdNight: { from: 22, to: 6, timeZone: '' } }, 'holdNight.timeZone', 'invalid'],
    [{ holdNight: 'always' }, 'holdNight', 'wrong_type'],
    [{ holdNight: { from: 22, to: 6, timeZone: 'UTC', day: 1 } }, 'holdNight.day', 'unknown_field'],
    [{ maxLinks: 1, maxLink: 1 }, 'maxLink', 'unknown_field'],
    [{ proof: 'magic' }, 'proof', 'invalid'],
  ])('of bad form are refused with their name: %j', async (settings, field, code) => {
    const { error } = await json<ErrorBody>(patch(settings), 400)
    expect([error.field, error.code]).toEqual([`settings.${field}`, code])
  })
})

describe('A list that is saved', () => {
  it('tells which of the comments that wait it has words of', async () => {
    const advert = await posted({ body: 'Cheap CASINO here' })
    const named = await posted({ author: { name: 'Casino Joe' } })
    const linked = await posted({ body: 'See https://sub.spam.example/x' })
    await posted({ body: 'Nothing of it' })
    await Promise.all([advert, named, linked].map(({ comment }) => screened(comment.id)))
    await put('spam', { entries: ['casino'] })
    await put('domains', { entries: ['spam.example'] })
    const matches = (list: string) => json<WordListMatches>(asOperator('GET', `${path}/${list}/matches`))
    const found = await matches('spam')
    expect(found).toMatchObject({ looked: 4, next: null })
    expect(found.items.map(({ commentId }) => commentId)).toEqual([advert.comment.id, named.comment.id])
    expect(found.items[0]).toMatchObject({ found: 'casino', excerpt: 'Cheap CASINO here' })
    expect((await matches('domains')).items).toMatchObject([
      { commentId: linked.comment.id, found: 'sub.spam.example' },
    ])
    expect((await matches('hold')).items).toEqual([])
    expect((await asOperator('GET', `${path}/other/matches`)).status).toBe(404)
  })
})
