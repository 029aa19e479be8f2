import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest'
import type { ErrorBody } from '../../../worker/contract/errors.ts'
import type { Choice } from '../../../worker/contract/notifications.ts'
import type { NewPushSubscription, PushSubscriptions } from '../../../worker/contract/pushSubscriptions.ts'
import type { Env } from '../../../worker/env.ts'
import { fetchIn } from '../jobs.ts'
import { held } from '../linked.ts'
import { atHost, deliverDue, waiting } from '../mails.ts'
import { addSite, asOperator, decided, host, json } from '../product.ts'
import { type Ask, follow, invite, signedIn } from '../staffed.ts'

const minute = 60_000

/** Where browsers think that the push service is. */
const pushOrigin = 'https://push.example'

/** What it gave to a device. */
interface Pushed {
  notice: { title: string; lang: string; tag: string; url: string }
  claims: object
  topic: string
  ttl: string
}

/** The time as the worker has it. */
let now: number
const pass = (ms: number) => {
  now += ms
}

/** The worker's surroundings, in which the push service is on loopback. */
const withService = {
  ...atHost,
  ALLOW_PRIVATE_HOSTS: '',
  INTERNET: {
    fetch: (url: string, init: RequestInit) => fetch(url.replace(pushOrigin, inject('pushService')), init),
  },
} as unknown as Env

beforeEach(async () => {
  now = Date.parse('2026-11-30T12:00:00Z')
  vi.spyOn(Date, 'now').mockImplementation(() => now)
  await addSite()
})
afterEach(() => {
  vi.restoreAllMocks()
})

const path = '/v1/push-subscriptions'
const usual: Choice = { pace: 'minutes', minutes: 15, hour: 9, held: true, disputed: true }
const choose = (ask: Ask, choice: Partial<Choice>, quiet: object | null = null) =>
  json(ask('PATCH', '/v1/notifications', { choice: { ...usual, ...choice }, quiet }))

const service = async <Answer>(path: string, method = 'GET') =>
  (await (await fetch(inject('pushService') + path, { method })).json()) as Answer

/** A device of the service, and how it is used. */
async function subscribed(ask: Ask) {
  const { path: own, keys } = await service<{ path: string; keys: NewPushSubscription['keys'] }>(
    '/devices',
    'POST',
  )
  const subscription = { endpoint: pushOrigin + own, keys }
  const { id } = await json<{ id: string }>(ask('POST', path, subscription), 201)
  const at = own.replace('push', 'devices')
  let read = 0
  return {
    id,
    subscription,
    /** What came since. */
    async news(): Promise<Pushed[]> {
      await deliverDue(withService)
      const all = await service<Pushed[]>(at)
      const news = all.slice(read)
      read = all.length
      return news
    },
    forget: () => service(at, 'DELETE'),
  }
}

const list = (ask: Ask) => json<PushSubscriptions>(ask('GET', path))

/** Somebody of the site with a device. */
async function told(name: string, wish: Partial<Choice> = {}) {
  const { id, link } = await invite({ name, role: 'owner', sites: ['blog'] })
  const cookie = (await follow(link)).headers.get('set-cookie')?.split(';')[0] ?? ''
  const headers = { cookie, origin: host }
  const ask: Ask = (method, path, body) =>
    fetchIn(
      withService,
      new Request(host + path, {
        method,
        headers,
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    )
  const device = await subscribed(ask)
  await json(ask('PATCH', '/v1/session', { locale: 'en' }))
  if (Object.keys(wish).length > 0) await choose(ask, wish)
  return { id, ask, device }
}

const deadOnes = async () =>
  (await env.DB.prepare('SELECT failure FROM outbox WHERE dead_at IS NOT NULL').all()).results

describe('A device of staff is told', () => {
  it('how many comments wait and where, and nobody’s words, by a message that it alone can read', async () => {
    const { ask, device } = await told('Olga')
    await held('Words of a reader.')
    await held('More words.')
    const [one, ...others] = await device.news()
    expect(others).toEqual([])
    expect(one).toEqual({
      notice: {
        title: '2 comments wait on Blog',
        lang: 'en',
        tag: 'waiting blog',
        url: 'dashboard?site=blog',
      },
      claims: { aud: pushOrigin, sub: host, iat: now / 1000, exp: now / 1000 + 43_200 },
      topic: expect.stringMatching(/^[\w-]{1,32}$/),
      ttl: '86400',
    })
    expect((await list(ask)).items).toMatchObject([{ id: device.id, lastToldAt: '2026-11-30T12:00:00.000Z' }])
    // The next one takes its place.
    pass(15 * minute)
    await held()
    expect(await device.news()).toMatchObject([
      { notice: { title: '3 comments wait on Blog', tag: 'waiting blog' }, topic: one?.topic },
    ])
  })

  it('of what is new alone, at the pace and outside the hours that its person chose, or never', async () => {
    const { ask, device } = await told('Olga', { minutes: 60 })
    const phone = await subscribed(ask)
    const made = await held()
    expect([(await device.news()).length, (await phone.news()).length]).toEqual([1, 1])
    const other = await held()
    expect(await device.news()).toEqual([])
    await decided(other.comment.id, 'spam')
    await decided(made.comment.id, 'spam')
    pass(60 * minute)
    expect(await device.news()).toEqual([])
    expect(await waiting()).toEqual([])
    await choose(ask, { pace: 'at_once' }, { from: 11, until: 14 })
    await held()
    expect(await device.news()).toEqual([])
    pass(60 * minute)
    expect(await device.news()).toHaveLength(1)
    await choose(ask, { pace: 'never' })
    await held()
    expect(await device.news()).toEqual([])
    expect(await waiting()).toEqual([])
  })

  it('at the time that its person wants now, where they choose otherwise while something waits', async () => {
    const { ask, device } = await told('Olga', { pace: 'daily', hour: 20 })
    await held()
    expect(await device.news()).toEqual([])
    await choose(ask, { pace: 'at_once' })
    expect(await device.news()).toHaveLength(1)
  })

  it('no more once its person is gone, lost the site, or took it away', async () => {
    const gone = await told('Rita')
    const lost = await told('Lina')
    const { ask, device } = await told('Olga')
    await addSite({ id: 'other', name: 'Other', origins: ['https://other.example'] })
    await json(asOperator('PATCH', `/v1/staff/${lost.id}`, { sites: ['other'] }))
    expect((await asOperator('DELETE', `/v1/staff/${gone.id}`)).status).toBe(204)
    expect((await ask('DELETE', `${path}/${device.id}`)).status).toBe(204)
    await held()
    for (const one of [gone.device, lost.device, device]) expect(await one.news()).toEqual([])
    expect(await waiting()).toEqual([])
    const { results } = await env.DB.prepare('SELECT staff_id FROM push_subscriptions').all()
    expect(results).toEqual([{ staff_id: lost.id }])
  })

  it('no more once its push service knows it no more, which nobody has to mend', async () => {
    const { ask, device } = await told('Olga')
    await device.forget()
    await held()
    await deliverDue(withService)
    expect((await list(ask)).items).toEqual([])
    expect([await waiting(), await deadOnes()]).toEqual([[], []])
  })

  it('apart from others: one that fails comes again, and the rest is told', async () => {
    const { ask, device } = await told('Olga')
    const broken = { ...device.subscription, endpoint: `${pushOrigin}/broken/1` }
    await json(ask('POST', path, broken), 201)
    await held()
    expect(await device.news()).toHaveLength(1)
    expect((await waiting()).map(({ destination }) => destination)).toEqual(['staff_push'])
  })
})

describe('Devices', () => {
  it('are one’s own: others neither see, test nor remove them', async () => {
    const { device } = await told('Olga')
    const { ask } = await signedIn('Mika', 'owner')
    expect((await list(ask)).items).toEqual([])
    expect((await ask('POST', `${path}/${device.id}/test`)).status).toBe(404)
    expect((await ask('DELETE', `${path}/${device.id}`)).status).toBe(404)
    expect((await asOperator('GET', path)).status).toBe(404)
  })

  it('are one, however often they subscribe, and of who sits there now; ten at most', async () => {
    const { ask, device } = await told('Olga')
    await json(ask('POST', path, device.subscription), 201)
    expect((await list(ask)).items).toMatchObject([{ id: device.id }])
    const mika = await signedIn('Mika', 'owner')
    await json(mika.ask('POST', path, device.subscription), 201)
    expect((await list(ask)).items).toEqual([])
    for (let at = 1; at < 10; at++)
      await json(
        mika.ask('POST', path, { ...device.subscription, endpoint: `${pushOrigin}/push/${at}` }),
        201,
      )
    const more = { ...device.subscription, endpoint: `${pushOrigin}/push/more` }
    expect((await json<ErrorBody>(mika.ask('POST', path, more), 409)).error.code).toBe('conflict')
  })

  it('are told a test when asked, with what their service answered', async () => {
    const { ask, device } = await told('Olga')
    const test = () => json(ask('POST', `${path}/${device.id}/test`))
    expect(await test()).toEqual({ delivered: true, answer: 'answered 201' })
    expect(await device.news()).toMatchObject([{ notice: { title: 'Notifications of Hankyo arrive here' } }])
    await device.forget()
    expect(await test()).toMatchObject({ delivered: false })
    expect((await list(ask)).items).toEqual([])
  })

  it.each([
    ['an address without https', { endpoint: 'http://push.example/1' }, 'endpoint'],
    ['an address of the inner network', { endpoint: 'https://10.0.0.1/push' }, 'endpoint'],
    ['an address with a password', { endpoint: 'https://a:b@push.example/1' }, 'endpoint'],
    ['a key that is none', { keys: { p256dh: 'x', auth: 'A'.repeat(22) } }, 'keys.p256dh'],
    ['a key off the curve', { keys: { p256dh: `BA${'A'.repeat(85)}`, auth: 'A'.repeat(22) } }, 'keys.p256dh'],
    ['a secret that is too short', { keys: { p256dh: `BA${'A'.repeat(85)}`, auth: 'A' } }, 'keys.auth'],
    ['a field there is none of', { name: 'Mine' }, 'name'],
  ])('are refused with %s', async (_, wrong, field) => {
    const { ask, device } = await told('Olga')
    const answer = ask('POST', path, { ...device.subscription, ...wrong })
    expect((await json<ErrorBody>(answer, 400)).error.field).toBe(field)
    expect((await list(ask)).items).toHaveLength(1)
  })

  it('find one key of the instance, whose private half no answer has', async () => {
    const { ask } = await told('Olga')
    const [one, other] = await Promise.all([ask('GET', path), ask('GET', path)])
    const texts = [await one.text(), await other.text()]
    expect(texts[0]).toBe(texts[1])
    const { private_key } = (await env.DB.prepare('SELECT * FROM push_keys').first()) as Record<
      string,
      string
    >
    expect(texts[0]).not.toContain(private_key)
  })
})
