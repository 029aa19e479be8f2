import { applyD1Migrations } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest'
import type { Choice, Notifications } from '../../../worker/contract/notifications.ts'
import type { SiteRemoval } from '../../../worker/contract/site.ts'
import type { Env } from '../../../worker/env.ts'
import { endAddresses } from '../../../worker/mail/endAddress.ts'
import { counting } from '../counted.ts'
import { deliver, fetchIn, losing, withBatch } from '../jobs.ts'
import { held, open, press } from '../linked.ts'
import { atHost, deliverDue, linksIn, mails, readAll, waiting } from '../mails.ts'
import {
  addSite,
  asOperator,
  call,
  comment,
  decided,
  host,
  json,
  pageOrigin,
  posted,
  queue,
} from '../product.ts'
import { type Ask, signedIn } from '../staffed.ts'

const minute = 60_000
const hour = 60 * minute

/** The time as the worker has it: it stands still, and goes on when a test says so. */
let now: number
const pass = (ms: number) => {
  now += ms
}

beforeEach(async () => {
  now = Date.parse('2026-11-30T12:00:00Z')
  vi.spyOn(Date, 'now').mockImplementation(() => now)
  await addSite()
  await readAll()
})
afterEach(() => {
  vi.restoreAllMocks()
})

const usual: Choice = { pace: 'minutes', minutes: 15, hour: 9, held: true, disputed: true }

/** Somebody who is told of the site, as they want it. */
async function told(
  name: string,
  wish: Partial<Choice> & { quiet?: object } = {},
  role: 'owner' | 'moderator' = 'owner',
) {
  const { id, ask } = await signedIn(name, role, ['blog'])
  await json(ask('PATCH', '/v1/notifications', { address: `${name.toLowerCase()}@mail.example` }))
  await deliverDue()
  const [mail] = await mails()
  await press(linksIn(mail as NonNullable<typeof mail>, '/m/address/')[0] ?? '', {})
  const { quiet, ...choice } = wish
  if (Object.keys(wish).length > 0) await choose(ask, choice, quiet)
  return { id, ask }
}

const choose = (ask: Ask, choice: Partial<Choice>, quiet: object | null = null) =>
  json(ask('PATCH', '/v1/notifications', { choice: { ...usual, ...choice }, quiet }))

/** What was sent since, by whom it went to. */
async function sent() {
  await deliverDue()
  return (await mails()).map((mail) => ({
    to: mail.to?.[0]?.address?.split('@')[0],
    mail,
    text: mail.text ?? '',
  }))
}
const recipients = async () => (await sent()).map(({ to }) => to)
const inOutbox = async () => (await waiting()).map(({ destination, next_at }) => [destination, next_at - now])

describe('Staff is told that something waits', () => {
  it('by a mail that shows it, why it waits, and where each is decided', async () => {
    const { ask } = await told('Olga')
    await json(ask('PATCH', '/v1/session', { locale: 'en' }))
    const first = await held('The first of them. <b>bold</b>')
    pass(1000)
    await held('The second of them.')
    const [{ mail, text } = { mail: undefined, text: '' }, ...others] = await sent()
    expect(others).toEqual([])
    expect(mail).toMatchObject({ from: { name: 'Blog' }, subject: expect.stringContaining('2') })
    for (const words of [
      'The first of them. <b>bold</b>',
      'The second of them.',
      'A post',
      'This site checks every comment',
    ])
      expect(text.replace(/[\u2060\u200b]/g, '')).toContain(words)
    const [decide = '', another = ''] = linksIn(mail as never, '/m/')
    expect(await (await open(decide)).text()).toContain('The first of them.')
    expect(await (await open(another)).text()).toContain('The second of them.')
    await press(decide, { action: 'approve', status: 'pending' })
    expect((await queue(`tab=all&ids=${first.comment.id}`)).items[0]).toMatchObject({
      status: 'approved',
      decision: { by: 'Olga', byKind: 'moderator' },
    })
  })

  it('once a quarter of an hour at most, of what is new since, and not while nothing is', async () => {
    await told('Olga')
    await held('Number one.')
    expect(await recipients()).toEqual(['olga'])
    expect(await waiting()).toEqual([])
    pass(5 * minute)
    await held('Number two.')
    await held('Number three.')
    expect(await sent()).toEqual([])
    expect(await inOutbox()).toEqual([['staff_digest', 10 * minute]])
    pass(10 * minute)
    const [{ text } = { text: '' }] = await sent()
    expect([1, 2, 3].map((_, at) => text.includes(`Number ${['one', 'two', 'three'][at]}`))).toEqual([
      false,
      true,
      true,
    ])
    pass(hour)
    expect(await sent()).toEqual([])
  })

  it('of nothing that was decided, withdrawn or edited away meanwhile; and of no more than ten', async () => {
    await told('Olga', { pace: 'minutes', minutes: 60 })
    await held('The last one before.')
    expect(await recipients()).toEqual(['olga'])
    const gone = await held('Decided by then.')
    const withdrawn = await held('Withdrawn by then.')
    await decided(gone.comment.id, 'spam')
    await call('DELETE', `/v1/sites/blog/comments/${withdrawn.comment.id}`, { token: withdrawn.token })
    await deliverDue()
    pass(hour)
    expect(await sent()).toEqual([])
    expect(await waiting()).toEqual([])
    for (let at = 0; at < 12; at++) await held(`Comment of number ${at}.`)
    const [{ mail, text } = { mail: undefined, text: '' }] = await sent()
    expect(linksIn(mail as never, '/m/')).toHaveLength(10)
    expect(text).toMatch(/\b2\b.*more|more.*\b2\b/)
  })

  it('of appeals and reports, or of held comments, as each wants', async () => {
    await told('Hera', { held: true, disputed: false, minutes: 1 })
    await told('Dina', { held: false, disputed: true, minutes: 1 })
    const { comment, token } = await held()
    expect(await recipients()).toEqual(['hera'])
    await decided(comment.id, 'reject')
    pass(minute)
    await json(
      call('POST', `/v1/sites/blog/comments/${comment.id}/appeal`, { token, body: { note: 'Why though?' } }),
    )
    const [one, ...others] = await sent()
    expect([one?.to, others]).toEqual(['dina', []])
    expect(one?.text).toContain('Why though?')
    await decided(comment.id, 'approve')
    pass(minute)
    const report = { reason: 'illegal', note: 'Look at this.' }
    const flags = `/v1/sites/blog/comments/${comment.id}/flags`
    expect((await call('POST', flags, { token: crypto.randomUUID(), body: report })).status).toBe(204)
    const [reported, ...more] = await sent()
    expect([reported?.to, more]).toEqual(['dina', []])
    expect(reported?.text).toContain('against the law 1')
  })

  it('at once, by the day, after the night, or never', async () => {
    const at = await told('Ada', { pace: 'at_once' })
    await told('Dora', { pace: 'daily', hour: 18 })
    const nora = await told('Nora', { pace: 'at_once', quiet: { from: 11, until: 14 } })
    await told('Vera', { pace: 'never' })
    await told('Mona', {}, 'moderator')
    await json(nora.ask('PATCH', '/v1/session', { timeZone: 'Europe/Berlin' }))
    await held()
    expect(await recipients()).toEqual(['ada'])
    pass(hour)
    expect(await recipients()).toEqual(['nora'])
    pass(5 * hour)
    expect(await recipients()).toEqual(['dora'])
    // Whoever chooses otherwise is told what waits at the time that they want now.
    await choose(at.ask, { pace: 'daily', hour: 20 })
    await held()
    await deliverDue()
    await choose(at.ask, { pace: 'at_once' })
    expect((await recipients()).includes('ada')).toBe(true)
    await choose(nora.ask, { pace: 'never' })
    pass(24 * hour)
    expect(await recipients()).toEqual(['dora'])
  })

  it('at the time that they choose now, also where finding whom to tell was given up', async () => {
    const { ask } = await told('Olga')
    await held('Number one.')
    expect(await recipients()).toEqual(['olga'])
    await held('Number two.')
    await deliverDue()
    await env.DB.exec(
      `INSERT INTO outbox (destination, subject, site_id, created_at, next_at, act, gathers, attempts, dead_at)
      VALUES ('staff_waiting', 'blog', 'blog', 1, 1, 'comment.held', 1, 12, 1)`.replace(/\n/g, ' '),
    )
    await choose(ask, { pace: 'at_once' })
    const again = await env.DB.prepare('SELECT attempts, turn, next_at FROM outbox').first()
    expect(again).toEqual({ attempts: 0, turn: 1, next_at: now })
    expect(await recipients()).toEqual(['olga'])
  })

  it('only while they may decide there: who was removed, or lost the site, is told nothing', async () => {
    await addSite({ id: 'other', name: 'Other', origins: ['https://other.example'] })
    const people = [await told('Rita', { minutes: 60 }), await told('Lina', { minutes: 60 })]
    await held()
    expect((await recipients()).toSorted()).toEqual(['lina', 'rita'])
    await held()
    await deliverDue()
    await json(asOperator('PATCH', `/v1/staff/${people[1]?.id}`, { sites: ['other'] }))
    expect((await asOperator('DELETE', `/v1/staff/${people[0]?.id}`)).status).toBe(204)
    pass(hour)
    expect(await sent()).toEqual([])
    await posted({ url: 'https://other.example/post' }, { origin: 'https://other.example' }, 'other')
  })

  it('once, also where the worker is ended halfway: a repeat is the same mail', async () => {
    await told('Olga')
    await held()
    let writes = 0
    const ended = withBatch(async (statements) => {
      if (++writes > 0) throw new Error('The worker was ended.')
      return env.DB.batch(statements)
    }, atHost)
    const jobs = async () =>
      (await waiting()).map(({ id, turn }) => ({ v: 1, site: 'blog', deliver: id, turn }))
    await deliver(await jobs(), { environment: atHost })
    // The mail goes out, and what came of it cannot be written.
    const handed: string[] = []
    const MAIL_FOLDER = {
      fetch: async (url: string) => {
        handed.push(url)
        return new Response(null, { status: 201 })
      },
    }
    const out = { environment: { ...ended, MAIL_FOLDER } as unknown as Env }
    await deliver(await jobs(), out).catch(() => {})
    pass(10 * minute)
    await deliver(await jobs(), out).catch(() => {})
    expect(handed).toEqual([expect.stringMatching(/\/waiting\.blog\.[\w.-]+\.eml$/), handed[0]])
    // What tells of more is no repeat: a service that knows the id would take it for sent.
    await held('One that came meanwhile.')
    pass(10 * minute)
    const [again] = await sent()
    expect(again?.text).toContain('One that came meanwhile.')
    const id = (again?.mail.messageId ?? '').replace(/^<|@.*$/g, '')
    expect(id).toMatch(/^waiting\.blog\./)
    expect(handed[0]).not.toContain(id)
  })

  it('of how much waits, where a mail server does not take the words of it', async () => {
    const { plain, inbox } = inject('mailServer')
    await told('Picky')
    await held('Win at our casino!')
    const MAIL = `smtp://127.0.0.1:${plain}?tls=never`
    await deliverDue({ ...atHost, MAIL, MAIL_FROM: 'comments@blog.example' } as Env)
    const taken = await (await fetch(inbox)).json<{ to: string; raw: string }[]>()
    const [mail, ...more] = taken.filter(({ to }) => to === 'picky@mail.example')
    expect(mail?.raw).toContain('/dashboard?site=3Dblog')
    expect(more).toEqual([])
    expect(await waiting()).toEqual([])
    // They know of it: it keeps back nothing that comes after.
    await readAll()
    pass(hour)
    await held('A kind word.')
    const [next] = await sent()
    expect(next?.text).toContain('A kind word.')
    expect(next?.text).not.toContain('casino')
  })
})

describe('Three messages of one batch', () => {
  it('take at most the 50 statements that a call has on the free plan, whatever waits', async () => {
    const held1 = await held('Refused first.')
    await decided(held1.comment.id, 'reject')
    const note = { token: held1.token, body: { note: 'Why though?' } }
    await json(call('POST', `/v1/sites/blog/comments/${held1.comment.id}/appeal`, note))
    const shown = await held('Reported then.')
    await decided(shown.comment.id, 'approve')
    const report = { token: crypto.randomUUID(), body: { reason: 'illegal', note: 'Look.' } }
    expect((await call('POST', `/v1/sites/blog/comments/${shown.comment.id}/flags`, report)).status).toBe(204)
    for (const name of ['Ada', 'Bea', 'Cleo']) await told(name)
    await held('Held at last.')
    const [finding] = await waiting()
    await deliver([{ v: 1, site: 'blog', deliver: finding?.id, turn: finding?.turn }], {
      environment: atHost,
    })
    const jobs = (await waiting()).map(({ id, turn }) => ({ v: 1, site: 'blog', deliver: id, turn }))
    expect(jobs).toHaveLength(3)
    await env.DB.exec("INSERT OR REPLACE INTO instance_address VALUES (1, 'https://hankyo.example')")
    const { environment, count } = counting({ ...losing, SERVED_AT: '' } as unknown as Env)
    await deliver(jobs, { environment })
    const sent = await mails()
    expect(
      sent.map(({ text }) => ['Why though', 'Held at last'].every((words) => text?.includes(words))),
    ).toEqual([true, true, true])
    // Each takes one more where a comment wears another author's name.
    expect(count.statements).toBeLessThanOrEqual(50 - jobs.length)
  })
})

describe('Staff of a site with a database of its own', () => {
  const apart = { ...atHost, SITES_IN: { apart: 'DB_2' } } as unknown as Env
  const due = async () =>
    (
      await env.DB_2.prepare('SELECT id, turn, site_id AS site FROM outbox WHERE dead_at IS NULL').all<{
        id: number
        turn: number
        site: string
      }>()
    ).results.map(({ id, ...rest }) => ({ v: 1, deliver: id, ...rest }))

  it('is told of it once, and what they know of goes with the site', async () => {
    await applyD1Migrations(env.DB_2, env.TEST_MIGRATIONS)
    const { id } = await told('Olga')
    await json(asOperator('PATCH', `/v1/staff/${id}`, { sites: '*' }))
    const inApart = (method: string, path: string, headers: Record<string, string>, body?: unknown) =>
      fetchIn(apart, new Request(host + path, { method, headers, body: JSON.stringify(body) }))
    const operator = { authorization: `Bearer ${env.OPERATOR_KEY}` }
    const site = { id: 'apart', name: 'Apart', origins: [pageOrigin] }
    await json(inApart('POST', '/v1/sites', operator, site), 201)
    const made = comment()
    await json(inApart('POST', '/v1/sites/apart/comments', { origin: pageOrigin }, made), 202)
    await deliver([{ v: 1, site: 'apart', id: made.id, revision: 1 }], { environment: apart })
    for (let round = 0; round < 3; round++) await deliver(await due(), { environment: apart })
    expect(await env.DB_2.prepare('SELECT recipient FROM deliveries').all()).toMatchObject({
      results: [{ recipient: 'o…@mail.example' }],
    })
    expect(await env.DB.prepare('SELECT site_id FROM staff_told').first('site_id')).toBe('apart')
    expect(await due()).toEqual([])
    for (let done = false; !done; )
      ({ done } = await json<SiteRemoval>(inApart('DELETE', '/v1/sites/apart', operator)))
    expect(await env.DB.prepare('SELECT * FROM staff_told').first()).toBe(null)
  })
})

describe('A held comment', () => {
  /** The rows that the screening of a comment writes. */
  async function rowsOfHolding(): Promise<number> {
    const made = await posted({ body: `A thought ${crypto.randomUUID()}` }, {})
    const { environment, count } = counting(losing)
    await deliver([{ v: 1, site: 'blog', id: made.comment.id, revision: 1 }], {
      environment: environment as Env,
    })
    return count.written
  }
  const outbox = async () => (await waiting()).length

  it('costs a row where somebody is told, none while one waits, and none where nobody is', async () => {
    await told('Nobody', { pace: 'never' })
    await held()
    const nobody = await rowsOfHolding()
    expect(await outbox()).toBe(0)
    await told('Olga')
    const [first, second] = [await rowsOfHolding(), await rowsOfHolding()]
    expect(await outbox()).toBe(1)
    // A row, and what the indexes have of it.
    expect([first > nobody, first <= nobody + 5, second]).toEqual([true, true, nobody])
  })
})

describe('An address of staff that a server refuses', () => {
  const { starttls } = inject('mailServer')
  const refusing = {
    ...atHost,
    ...{ MAIL: `smtp://localhost:${starttls}`, MAIL_FROM: 'comments@blog.example' },
  } as Env
  const trouble = async (ask: Ask) =>
    (await json<{ trouble: unknown }>(ask('GET', '/v1/notifications'))).trouble

  it('is shown with the answer to its person and to owners, and is told again once it takes mail', async () => {
    const { ask } = await told('Nobody', { pace: 'at_once' })
    expect(await trouble(ask)).toBeNull()
    await held('The first of them.')
    await deliverDue(refusing)
    const known = {
      ...{ address: 'nobody@mail.example', why: 'refused', since: '2026-11-30T12:00:00.000Z' },
      answer: 'the server knows no such recipient: 550 5.1.1 <n…@mail.example>: no such user',
    }
    expect(await trouble(ask)).toEqual(known)
    const { items } = await json<{ items: unknown[] }>(asOperator('GET', '/v1/staff'))
    expect(items).toContainEqual(
      expect.objectContaining({ mail: { address: known.address, confirmed: true, trouble: known } }),
    )
    // That a link ended in the meantime is none of its server's words.
    await env.DB.prepare("UPDATE outbox SET failure = 'its link has ended'").run()
    expect(await trouble(ask)).toEqual({ ...known, answer: null })
    pass(hour)
    await held('The second of them.')
    expect((await sent()).map(({ text }) => text)).toEqual([
      expect.stringMatching(/The first of them[\s\S]*The second of them/),
    ])
    expect(await trouble(ask)).toBeNull()
  })

  it.each(['bounced', 'complained'] as const)(
    'gets nothing once mail %s, until it is confirmed again',
    async (why) => {
      const { ask } = await told('Olga', { pace: 'at_once' })
      const address = 'olga@mail.example'
      await endAddresses(atHost, [address], { why, at: now })
      await held('The first of them.')
      expect(await sent()).toEqual([])
      expect(await trouble(ask)).toMatchObject({ why })
      await json(ask('PATCH', '/v1/notifications', { address }))
      const [question] = await sent()
      await press(linksIn(question?.mail as never, '/m/address/')[0] ?? '', {})
      expect(await trouble(ask)).toBeNull()
      await held('The second of them.')
      expect(await recipients()).toEqual(['olga'])
    },
  )
})

it('An address whose owner complained is asked by nobody who has not confirmed it', async () => {
  const address = 'mika@mail.example'
  await endAddresses(atHost, [address], { why: 'complained', at: now })
  const { ask } = await told('Olga', { pace: 'at_once' })
  const change = () => json<Notifications>(ask('PATCH', '/v1/notifications', { address }))
  expect((await change()).trouble).toMatchObject({ address, why: 'complained' })
  await change()
  expect(await sent()).toEqual([])
})

it('A mail waits without using up tries while nobody knows where this instance is', async () => {
  await told('Olga', { pace: 'at_once' })
  await held('The first of them.')
  await deliverDue({ ...atHost, PUBLIC_URL: '', SERVED_AT: '' } as Env)
  const tries = () =>
    env.DB.prepare("SELECT attempts FROM outbox WHERE destination = 'staff_digest'").first('attempts')
  expect(await tries()).toBe(0)
  pass(hour)
  expect(await recipients()).toEqual(['olga'])
})
