import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { AuditEntry } from '../../../worker/contract/auditLog.ts'
import type { BanReach } from '../../../worker/contract/banReach.ts'
import type { AddedBan, ListedBan } from '../../../worker/contract/bans.ts'
import type { Page } from '../../../worker/contract/page.ts'
import { purge } from '../../../worker/store/retention.ts'
import { addSite, asOperator, call, comment, json, posted, queue } from '../product.ts'

beforeEach(() => addSite())

const range = { siteId: 'blog', kind: 'address', value: '192.0.2.0/24' }
const hour = 3_600_000
const inHours = (hours: number) => new Date(Date.now() + hours * hour).toISOString()
const add = (ban: object) => json<AddedBan>(asOperator('POST', '/v1/bans', { ...range, ...ban }), 201)
const listed = async (of = '') => (await json<Page<ListedBan>>(asOperator('GET', `/v1/bans${of}`))).items
const reach = (of: string) => json<BanReach>(asOperator('GET', `/v1/bans/reach?site=blog&${of}`))
const lift = async (id: string, of = '') =>
  expect((await asOperator('DELETE', `/v1/bans/${id}${of}`)).status).toBe(204)
const entries = async () =>
  (await json<Page<AuditEntry>>(asOperator('GET', '/v1/audit-log'))).items.filter(({ act }) =>
    act.startsWith('ban.'),
  )

describe('A ban of who is banned already', () => {
  it('extends the one there is: it ends no earlier and keeps its reason', async () => {
    const until = inHours(48)
    const first = await add({ until, reason: 'Floods' })
    expect(first.replaced).toBe(null)
    const second = await add({ until: inHours(1) })
    expect(second).toMatchObject({ until, reason: 'Floods', replaced: { id: first.id, until } })
    expect(await add({ reason: 'For good' })).toMatchObject({ until: null, reason: 'For good' })
    expect(await listed()).toHaveLength(1)
  })

  it('brings back exactly what stood before when it is undone, and lifting ends both', async () => {
    const first = await add({ until: inHours(1), reason: 'Floods' })
    const second = await add({ reason: 'Again' })
    await lift(second.id, '?undo=true')
    const { replaced, ...stood } = first
    expect(await listed()).toEqual([{ ...stood, author: null }])
    await lift((await add({})).id)
    expect(await listed()).toEqual([])
  })

  it('does not go on with one that is over', async () => {
    await add({ until: inHours(1), reason: 'Floods' })
    await env.DB.prepare('UPDATE bans SET until = ?')
      .bind(Date.now() - 1)
      .run()
    expect(await add({ until: inHours(2) })).toMatchObject({ reason: null, replaced: null })
  })
})

it('The log tells whom a lifted ban kept out and why, for a month', async () => {
  const { id } = await add({ reason: 'Floods' })
  await lift(id)
  expect((await entries()).map(({ details }) => details)).toMatchObject([
    { value: range.value },
    { value: range.value, reason: 'Floods' },
  ])
  await purge(env.DB, Date.now() + 31 * 24 * hour)
  expect(JSON.stringify(await entries())).not.toContain(range.value)
  expect(await entries()).toHaveLength(2)
})

describe('A ban of very many', () => {
  it.each([
    ['127.0.0.1', 'value'],
    ['::1', 'value'],
    ['169.254.7.7', 'value'],
    ['10.1.2.3', 'confirm'],
    ['203.0.0.0/15', 'confirm'],
    ['2001::/16', 'confirm'],
  ])('(%s) is refused, for its %s', async (value, field) => {
    const refused = await json(asOperator('POST', '/v1/bans', { ...range, value }), 400)
    expect(refused).toMatchObject({ error: { code: 'invalid', field } })
    const meant = await asOperator('POST', '/v1/bans', { ...range, value, confirm: true })
    expect(meant.status).toBe(field === 'confirm' ? 201 : 400)
  })

  it('tells beforehand whom of today it would hit, and what it would extend', async () => {
    for (const address of ['203.0.113.7', '203.0.113.9', '203.0.200.1', '198.51.100.1', '2001:db8:7:1::1'])
      await posted({}, { headers: { 'cf-connecting-ip': address } })
    const hit = async (value: string) => (await reach(`kind=address&value=${value}`)).today
    expect(await hit('203.0.113.7')).toEqual({ authors: 1, comments: 1 })
    expect(await hit('203.0.113.8/30')).toEqual({ authors: 1, comments: 1 })
    expect(await hit('203.0.113.0/24')).toEqual({ authors: 2, comments: 2 })
    expect(await hit('203.0.0.0/16')).toEqual({ authors: 3, comments: 3 })
    expect(await hit('2001:db8:7::/48')).toEqual({ authors: 1, comments: 1 })
    expect(await reach('kind=address&value=203.0.0.0/8')).toMatchObject({ doubt: 'wide', today: null })
    const { id } = await add({ reason: 'Floods' })
    expect(await reach('kind=address&value=192.0.2.77/24')).toMatchObject({
      ...{ value: range.value, doubt: null, replaces: { id, reason: 'Floods' } },
    })
    const doubtOf = async (value: string) => (await reach(`kind=domain&value=${value}`)).doubt
    const asked = ['*.com', 'co.uk', 'https://github.io', 'blog.example', '.example', 'mika.github.io']
    expect(await Promise.all(asked.map(doubtOf))).toEqual([
      ...['suffix', 'suffix', 'suffix'],
      ...['own', 'own', null],
    ])
    const ban = { siteId: 'blog', kind: 'domain', value: '*.com' }
    await json(asOperator('POST', '/v1/bans', ban), 400)
    await json(asOperator('POST', '/v1/bans', { ...ban, confirm: true }), 201)
    const [{ author } = { author: { id: '' } }] = (await queue('tab=all')).items
    expect((await reach(`kind=author&value=${author.id}`)).today).toEqual({ authors: 1, comments: 1 })
  })
})

describe('The list of bans', () => {
  it('names authors by what they wrote last', async () => {
    const { comment: made } = await posted({ body: 'Hello there' })
    const author = (await queue(`tab=all&ids=${made.id}`)).items[0]?.author.id
    await add({ kind: 'author', value: author })
    const named = { name: made.author.name, commentId: made.id, excerpt: 'Hello there' }
    expect(await listed()).toMatchObject([{ value: author, author: named }])
  })

  it('is searched by an address in a range, a domain, or how they begin', async () => {
    await add({})
    await add({ kind: 'domain', value: 'casino.example' })
    const found = async (q: string) => (await listed(`?q=${encodeURIComponent(q)}`)).map(({ value }) => value)
    expect(await found('192.0.2.77')).toEqual([range.value])
    expect(await found('https://www.casino.example/win')).toEqual(['casino.example'])
    expect(await found('cas')).toEqual(['casino.example'])
    expect(await found('192.0.3.1')).toEqual([])
  })
})

it('A network is kept out also where its author has withdrawn what they wrote, until the day ends', async () => {
  const from = { headers: { 'cf-connecting-ip': '198.51.100.77' } }
  const token = 'w'.repeat(43)
  const { comment: made } = await posted({}, { ...from, token })
  const author = (await queue(`tab=all&ids=${made.id}`)).items[0]?.author.id
  expect((await call('DELETE', `/v1/sites/blog/comments/${made.id}`, { token })).status).toBe(204)
  await add({ kind: 'author', value: author, network: 'address' })
  expect((await call('POST', '/v1/sites/blog/comments', { body: comment(), ...from })).status).toBe(403)
  await purge(env.DB, Date.now() + 24 * hour)
  expect(await env.DB.prepare('SELECT address FROM comments').first('address')).toBe(null)
})
