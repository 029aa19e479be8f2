import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { AuditEntry, AuditLogPage } from '../../../worker/contract/auditLog.ts'
import type { BulkPreview } from '../../../worker/contract/bulkActs.ts'
import type { DecisionResults } from '../../../worker/contract/decisions.ts'
import type { MadeToken } from '../../../worker/contract/tokens.ts'
import { addSite, asOperator, call, decided, json, posted, queue, thread } from '../product.ts'

const other = 'https://other.example'

beforeEach(async () => {
  await addSite()
  await addSite({ id: 'other', name: 'Other', origins: [other] })
})

const postedElsewhere = () => posted({ url: `${other}/post` }, { origin: other }, 'other')

const page = (query = '', ask: typeof asOperator = asOperator) =>
  json<AuditLogPage>(ask('GET', `/v1/audit-log?${query}`))
const log = async (query = '', ask = asOperator) => (await page(query, ask)).items
const actsOf = (entries: AuditEntry[]) => entries.map(({ act }) => act)

/** Somebody with a token of their own: the log names them by its name. */
async function somebody(name: string, rights: { scope?: string; site?: string } = {}) {
  const { id, token } = await json<MadeToken>(asOperator('POST', '/v1/tokens', { name, ...rights }), 201)
  const ask = (method: string, path: string, body?: unknown) =>
    call(method, path, { body, token, origin: null })
  return { id, ask }
}

/** Sends what undoes an entry, as its button does. */
async function undo({ undo }: AuditEntry, ask = asOperator) {
  const { method, path, body } = undo?.request ?? { method: 'none', path: '' }
  return (await ask(method, path, body)).status
}

const decideAll = (ids: string[], action: string, ask = asOperator) =>
  json<DecisionResults>(
    ask(
      'POST',
      '/v1/decisions',
      ids.map((commentId) => ({ commentId, revision: 1, action })),
    ),
  )

describe('The log', () => {
  it('lists what a person did, an act, a site, an author, a comment, and what was in a time', async () => {
    const mika = await somebody('Mika')
    const first = await posted()
    const second = await posted({ key: '/elsewhere' })
    const third = await postedElsewhere()
    await decided(first.comment.id, 'approve')
    await decideAll([second.comment.id], 'reject', mika.ask)
    await decideAll([third.comment.id], 'spam', mika.ask)
    const author = (await queue(`tab=all&ids=${second.comment.id}`)).items[0]?.author.id
    await json(asOperator('POST', '/v1/bans', { siteId: 'blog', kind: 'author', value: author }), 201)
    const about = { comment: { author: 'Mika' }, thread: { key: '/elsewhere' }, author: { id: author } }
    expect(await log(`person=${mika.id}`)).toMatchObject([
      { act: 'comment.spam', siteId: 'other', actor: { id: mika.id, name: 'Mika' } },
      { act: 'comment.reject', commentId: second.comment.id, ...about },
    ])
    expect(actsOf(await log(`person=${mika.id}&site=blog`))).toEqual(['comment.reject'])
    expect(actsOf(await log(`person=${mika.id}&act=comment.spam`))).toEqual(['comment.spam'])
    expect(actsOf(await log('act=comment.approve'))).toEqual(['comment.approve'])
    expect(actsOf(await log('act=comment.approve&site=other'))).toEqual([])
    expect(actsOf(await log(`comment=${first.comment.id}`))).toEqual(['comment.approve'])
    const ofAuthor = await log(`author=${author}`)
    expect(actsOf(ofAuthor)).toEqual(['ban.add', 'comment.reject'])
    expect(ofAuthor[0]).toMatchObject({ author: { id: author, name: 'Mika' } })
    const times = (await log()).map(({ at }) => at)
    expect(await log(`to=${times.at(-1)}`)).toEqual([])
    expect((await log(`from=${times[0]}`)).map(({ at }) => at)).toContain(times[0])
    expect(await log('from=2999-01-01T00:00Z')).toEqual([])
    expect(actsOf(await log('act=comment.spam&to=2999-01-01T00:00Z'))).toEqual(['comment.spam'])
  })

  it('goes on where a page is not full, and says how far it looked', async () => {
    await env.DB.prepare(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400)
       INSERT INTO events (at, actor_kind, actor_id, actor_name, act, site_id)
       SELECT i * 86400000, 'screening', 'screening', 'screening', iif(i % 100 = 1, 'comment.spam', 'comment.approve'), 'blog' FROM n`,
    ).run()
    const days: string[] = []
    let pages = 0
    for (let cursor: string | null = ''; cursor !== null; pages++) {
      const { items, next, searchedTo } = await page(`act=comment.spam${cursor && `&cursor=${cursor}`}`)
      days.push(...items.map(({ at }) => at.slice(0, 10)))
      expect(next === null).toBe(searchedTo === null)
      cursor = next
    }
    expect(days).toEqual(['1970-10-29', '1970-07-21', '1970-04-12', '1970-01-02'])
    expect(pages).toBeGreaterThan(3)
    expect((await log('to=1970-04-12T00:00Z'))[0]?.at).toBe('1970-04-11T00:00:00.000Z')
    expect(await log('from=1970-04-10T00:00Z&to=1970-04-13T00:00Z')).toHaveLength(3)
  })

  it('tells in one line what was decided together, which opens', async () => {
    const made = await Promise.all([posted(), posted(), posted()])
    const away = await postedElsewhere()
    const ids = made.map(({ comment }) => comment.id)
    await decideAll([...ids, away.comment.id], 'approve')
    const [line, single, ...rest] = (await log()).filter(({ act }) => !act.startsWith('site.'))
    expect(rest).toEqual([])
    expect([line, single].map((one) => one?.act).sort()).toEqual(['bulk.decide', 'comment.approve'])
    const bulk = [line, single].find((one) => one?.bulk) as AuditEntry
    expect(bulk).toMatchObject({ siteId: 'blog', bulk: { count: 3 }, details: { action: 'approve' } })
    const inside = await log(`bulk=${bulk.bulk?.id}`)
    expect(inside.map(({ commentId }) => commentId).sort()).toEqual(ids.sort())
    expect(actsOf(await log(`comment=${ids[0]}`))).toEqual(['comment.approve'])
    const elsewhere = await somebody('Noor', { site: 'other' })
    expect(await log(`bulk=${bulk.bulk?.id}`, elsewhere.ask)).toEqual([])
    const state = async () => (await log()).find(({ act }) => act === 'bulk.decide')?.undo?.state
    const [first, ...others] = inside
    expect(await undo(first as AuditEntry)).toBe(200)
    expect(await state()).toBe('open')
    expect((await log())[0]).toMatchObject({ act: 'bulk.undecide', details: { count: 1, all: 3 } })
    for (const entry of others) expect(await undo(entry)).toBe(200)
    expect(await state()).toBe('undone')
    expect((await log())[0]).toMatchObject({ act: 'bulk.undecide', details: { count: 3, all: 3 } })
    expect((await thread()).items).toEqual([])
    // Taken back one by one, they are one line again.
    const told = actsOf(await log()).filter((act) => /^bulk\.|undo$/.test(act))
    expect(told).toEqual(['bulk.undecide', 'bulk.decide'])
    const undone = actsOf(await log(`bulk=${bulk.bulk?.id}`)).filter((act) => act === 'comment.undo')
    expect(undone).toHaveLength(3)
  })

  it('calls a page as the queue does, before readers see anything of it', async () => {
    const page = { key: '/ttl', title: 'My page title' }
    const [{ comment }, other] = [await posted(page), await posted(page)]
    const [item] = (await queue(`tab=all&ids=${comment.id}`)).items
    expect(item?.thread.title).toBe('My page title')
    expect((await asOperator('POST', `/v1/threads/${item?.thread.id}/closure`)).status).toBe(204)
    await decideAll([comment.id], 'reject')
    expect((await log(`comment=${comment.id}`))[0]?.thread).toMatchObject({ title: 'My page title' })
    await decideAll([other.comment.id], 'spam')
    expect((await log('act=thread.close'))[0]?.thread).toMatchObject({ title: 'My page title' })
    const preview = await json<BulkPreview>(asOperator('GET', '/v1/bulk-acts/preview?tab=spam'))
    expect(preview.pages).toMatchObject([{ title: 'My page title', count: 1 }])
  })

  it('tells staff of one site nothing of another’s, however they ask', async () => {
    const mika = await somebody('Mika')
    const { comment } = await postedElsewhere()
    await decideAll([comment.id], 'reject', mika.ask)
    const author = (await queue(`tab=all&ids=${comment.id}`)).items[0]?.author.id
    await json(asOperator('POST', '/v1/bans', { siteId: 'other', kind: 'author', value: author }), 201)
    const { ask } = await somebody('Noor', { scope: 'own', site: 'blog' })
    expect((await ask('GET', '/v1/audit-log?site=other')).status).toBe(404)
    const queries = [
      '',
      `person=${mika.id}`,
      'act=comment.reject',
      `author=${author}`,
      `comment=${comment.id}`,
      'to=2999-01-01T00:00Z',
    ]
    for (const query of queries) {
      const entries = await log(query, ask)
      expect(
        entries.filter(({ siteId }) => siteId !== 'blog'),
        query,
      ).toEqual([])
    }
  })

  it('refuses what is no filter', async () => {
    for (const query of ['act=all', 'from=yesterday', 'bulk=1', 'cursor=x', 'author=%25', 'nothing=1'])
      expect((await asOperator('GET', `/v1/audit-log?${query}`)).status, query).toBe(400)
  })
})

describe('An act is undone from the log', () => {
  it('as long as it stands, and the log says why where it does not', async () => {
    const { comment } = await posted()
    await decided(comment.id, 'approve')
    await decided(comment.id, 'reject', { reason: 'off_topic' })
    const entries = () => log(`comment=${comment.id}`)
    const states = async () => (await entries()).map(({ act, undo }) => [act, undo?.state])
    expect(await states()).toEqual([
      ['comment.reject', 'open'],
      ['comment.approve', 'changed'],
    ])
    expect(await undo((await entries())[0] as AuditEntry)).toBe(200)
    expect((await thread()).items).toHaveLength(1)
    expect(await states()).toEqual([
      ['comment.undo', 'open'],
      ['comment.reject', 'undone'],
      ['comment.approve', 'open'],
    ])
    expect(await undo((await entries())[0] as AuditEntry)).toBe(200)
    expect((await queue(`tab=all&ids=${comment.id}`)).items[0]).toMatchObject({
      status: 'rejected',
      decision: { reason: 'off_topic' },
    })
    expect((await states())[1]).toEqual(['comment.undo', 'changed'])
  })

  it('as one where it was decided together, until all of it is decided otherwise', async () => {
    const ids = [(await posted()).comment.id, (await posted()).comment.id]
    await decideAll(ids, 'approve')
    const state = async () => (await log()).find(({ act }) => act === 'bulk.decide')?.undo?.state
    await decided(ids[0] as string, 'spam')
    expect(await state()).toBe('open')
    await decided(ids[1] as string, 'spam')
    expect(await state()).toBe('changed')
  })

  it('of a thread, a badge, a pin and a ban', async () => {
    const { comment } = await posted()
    await decided(comment.id, 'approve')
    const [item] = (await queue(`tab=all&ids=${comment.id}`)).items
    const { id: threadId } = item?.thread ?? {}
    const author = item?.author.id
    const title = (title: string | null) => asOperator('PUT', `/v1/threads/${threadId}/title`, { title })
    await title('First')
    await title('Second')
    await asOperator('POST', `/v1/threads/${threadId}/closure`)
    await asOperator('POST', `/v1/threads/${threadId}/check`)
    await asOperator('PUT', `/v1/comments/${comment.id}/pin`)
    await asOperator('PUT', `/v1/authors/${author}/badge`, { badge: 'Editor' })
    const ban = { siteId: 'blog', kind: 'domain', value: 'spam.example', reason: 'Advertises' }
    await json(asOperator('POST', '/v1/bans', ban), 201)
    const acts = ['ban.add', 'author.badge', 'comment.pin', 'thread.check', 'thread.close', 'thread.rename']
    const done = (await log()).slice(0, acts.length)
    expect(actsOf(done)).toEqual(acts)
    const read = await somebody('Reads', { scope: 'read' })
    expect((await log('', read.ask)).slice(0, 6).map(({ undo }) => undo)).toEqual(acts.map(() => null))
    for (const entry of done) expect(await undo(entry), entry.act).toBeLessThan(300)
    const after = (await queue(`tab=all&ids=${comment.id}`)).items[0]
    expect(after).toMatchObject({
      thread: { closed: null, checked: false, givenTitle: 'First' },
      author: { badge: null },
    })
    const back = await log()
    expect(back[0]).toMatchObject({ act: 'thread.rename', details: { title: 'First' } })
    const states = back.slice(7, 13).map(({ undo }) => undo?.state)
    expect(states).toEqual(['changed', 'changed', 'undone', 'changed', 'changed', 'changed'])
    const lifted = back.find(({ act }) => act === 'ban.remove') as AuditEntry
    expect(await undo(lifted)).toBe(201)
    const { items } = await json<{ items: unknown[] }>(asOperator('GET', '/v1/bans'))
    expect(items).toMatchObject([ban])
  })

  it('of a site’s settings, field by field, as far as nobody changed them since', async () => {
    const change = (body: unknown) => json(asOperator('PATCH', '/v1/sites/blog', body))
    await change({ name: 'Blog two', settings: { maxLinks: 5, holdLinks: true } })
    const [entry] = await log('act=site.change')
    expect(entry?.changes).toEqual([
      { field: 'name', before: 'Blog', after: 'Blog two' },
      { field: 'maxLinks', before: 2, after: 5 },
      { field: 'holdLinks', before: false, after: true },
    ])
    await change({ settings: { maxLinks: 7 } })
    const [second, first] = await log('act=site.change')
    expect(second?.changes).toEqual([{ field: 'maxLinks', before: 5, after: 7 }])
    expect(await undo(first as AuditEntry)).toBe(200)
    const { items } = await json<{ items: unknown[] }>(asOperator('GET', '/v1/sites'))
    expect(items[0]).toMatchObject({ name: 'Blog', settings: { maxLinks: 7, holdLinks: false } })
    const { ask } = await somebody('Mika', { scope: 'moderate' })
    expect((await log('act=site.change', ask))[0]?.undo).toBeNull()
  })
})

describe('The log as a file', () => {
  it('has a line for each act, those done together too, and nothing a spreadsheet would run', async () => {
    const made = await Promise.all([posted({ body: '=HYPERLINK("x")' }), posted()])
    await decideAll(
      made.map(({ comment }) => comment.id),
      'approve',
    )
    const answer = await asOperator('GET', '/v1/exports/audit-log.csv?site=blog')
    const lines = (await answer.text()).trim().split('\r\n')
    expect(lines[0]).toMatch(/^"time","actor"/)
    expect(lines.map((line) => line.split('","')[3])).toEqual([
      ...['act', 'bulk.decide', 'comment.approve', 'comment.approve', 'site.add'],
    ])
    expect(lines.join()).toContain(`"'=HYPERLINK(""x"")"`)
  })
})
