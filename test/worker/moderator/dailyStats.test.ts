import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { DailyStats } from '../../../worker/contract/dailyStats.ts'
import type { MadeToken } from '../../../worker/contract/tokens.ts'
import { counting } from '../counted.ts'
import { losing, quietMinute, sweepAt } from '../jobs.ts'
import { addSite, asOperator, call, decide, decided, json, posted, screened } from '../product.ts'

beforeEach(() => addSite({ settings: { holdFirst: 1 } }))

const today = () => new Date().toISOString().slice(0, 10)
const stats = (query = '', ask: typeof asOperator = asOperator) =>
  json<DailyStats>(ask('GET', `/v1/stats/days?${query}`))
/** Some minutes later, when the cron counts what happened. */
const later = () => sweepAt(Date.now() + 700_000)
const todayOf = ({ items }: DailyStats) => items.at(-1)

async function held(more = {}, site = 'blog') {
  const origin = `https://${site}.example`
  const { comment } = await posted({ url: `${origin}/post`, ...more }, { origin }, site)
  await screened(comment.id)
  return comment.id
}

async function somebody(name: string, rights: Record<string, string>) {
  const { id, token } = await json<MadeToken>(asOperator('POST', '/v1/tokens', { name, ...rights }), 201)
  const ask = (method: string, path: string, body?: unknown) =>
    call(method, path, { body, token, origin: null })
  return { id, ask }
}

describe('The figures of a day', () => {
  it('tell what became of its comments, who decided, why, where, and after how long; an undo takes that back', async () => {
    const [first, second, third] = [await held(), await held({ key: '/two' }), await held()]
    const waits = 90_000
    await env.DB.prepare('UPDATE comments SET created_at = created_at - ?').bind(waits).run()
    await decided(first, 'approve')
    await decided(second, 'approve')
    const { decisionId } = await decided(third, 'reject', { reason: 'off_topic' })
    await later()
    const day = todayOf(await stats()) as DailyStats['items'][number]
    expect(day.day).toBe(today())
    expect(day.comments).toEqual({ pending: 0, approved: 2, rejected: 1, spam: 0, deleted: 0 })
    expect(day.timeToDecision?.decisions).toBe(3)
    expect(Math.abs((day.timeToDecision?.median ?? 0) - 90)).toBeLessThan(12)
    const all = await stats('site=blog')
    expect(all).toMatchObject({
      countedTo: null,
      people: [{ id: 'operator', acts: { approve: 2, reject: 1 } }],
      reasons: [{ reason: 'off_topic', count: 1 }],
      pages: [
        { thread: { siteId: 'blog' }, comments: 1 },
        { thread: { siteId: 'blog' }, comments: 1 },
      ],
    })
    await json(asOperator('DELETE', `/v1/decisions/${decisionId}`))
    await decided(first, 'spam')
    expect(await stats()).not.toMatchObject({ countedTo: null })
    await later()
    const after = await stats()
    expect(todayOf(after)?.comments).toEqual({ pending: 1, approved: 1, rejected: 0, spam: 1, deleted: 0 })
    expect(after).toMatchObject({
      people: [{ acts: { approve: 2, spam: 1 } }],
      reasons: [],
      pages: [{ thread: { key: '/two' } }],
    })
    expect(after.timeToDecision?.decisions).toBe(2)
  })

  it('count an event once, in slices, and cost nothing where none is new', async () => {
    const ids = [await held(), await held()]
    for (const id of ids) await decided(id, 'approve')
    await env.DB.prepare(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 700)
       INSERT INTO events (at, actor_kind, actor_id, actor_name, act, site_id, details, logged)
       SELECT 86400000 * 100, 'author', 'a', 'author', 'comment.posted', 'blog', '{}', 0 FROM n`,
    ).run()
    const old = async () => (await stats('from=1970-04-11&to=1970-04-11')).items[0]?.comments.pending
    const seen: unknown[] = []
    for (let run = 0; run < 4; run++) {
      await Promise.all([later(), later()])
      seen.push(await old())
    }
    expect(seen.at(-1)).toBe(700)
    expect(seen[0]).toBeLessThan(700)
    const idle = counting(losing)
    await sweepAt(quietMinute() + 900_000, idle.environment)
    expect(idle.count.written).toBe(0)
    await decide(ids[0] as string, 'spam')
    const busy = counting(losing)
    await sweepAt(quietMinute() + 1_500_000, busy.environment)
    expect(busy.count.written).toBeLessThanOrEqual(3)
  })

  it('are of one’s own sites, and of one’s own decisions unless one owns them', async () => {
    await addSite({
      id: 'other',
      name: 'Other',
      origins: ['https://other.example'],
      settings: { holdFirst: 1 },
    })
    const mika = await somebody('Mika', { scope: 'moderate', site: 'blog' })
    const olga = await somebody('Olga', { scope: 'own', site: 'blog' })
    const [mine, theirs] = [await held(), await held({}, 'other')]
    await decided(theirs, 'approve')
    await decided(await held(), 'approve')
    await json(mika.ask('POST', '/v1/decisions', [{ commentId: mine, revision: 1, action: 'approve' }]))
    await later()
    const names = ({ people }: DailyStats) => people.map(({ name }) => name).sort()
    const seen = await stats('', mika.ask)
    expect(names(seen)).toEqual(['Mika'])
    expect(todayOf(seen)?.comments.approved).toBe(2)
    expect(seen.pages.map(({ thread }) => thread.siteId)).toEqual(['blog'])
    expect(names(await stats('', olga.ask))).toEqual(['Mika', 'operator'])
    expect(todayOf(await stats())?.comments.approved).toBe(3)
    expect((await mika.ask('GET', '/v1/stats/days?site=other')).status).toBe(404)
  })

  it('are refused for a range that is none', async () => {
    for (const query of [
      'from=2026-02-01&to=2026-01-01',
      'from=2020-01-01&to=2026-01-01',
      'from=2026-13-45',
      'from=2026-02-30',
      'to=0000-01-01',
      'to=now',
      'site=nowhere',
    ])
      expect((await asOperator('GET', `/v1/stats/days?${query}`)).status, query).toBe(
        query.startsWith('site') ? 404 : 400,
      )
  })
})
