import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { NewSubscription } from '../../../worker/contract/subscriptions.ts'
import type { Env } from '../../../worker/env.ts'
import { endingToken } from '../../../worker/mail/subscribers.ts'
import { confirming } from '../../confirming.ts'
import { linkIn, mailbox } from '../mailbox.ts'
import { addSite, approved, asOperator, call, comment, json, pageOrigin, post, posted } from '../product.ts'
import { postAll } from '../subscribing.ts'

const minute = 60_000
const day = 1440 * minute

/** The time as the worker has it. */
let now: number
const pass = (ms: number) => {
  now += ms
}

beforeEach(async () => {
  // Noon, so that no test runs into the next day.
  now = Math.floor(Date.now() / day) * day + day / 2
  vi.spyOn(Date, 'now').mockImplementation(() => now)
  await addSite()
})
afterEach(() => {
  vi.restoreAllMocks()
})

const wish = (more: Partial<NewSubscription> = {}): NewSubscription => ({
  email: 'mika@mail.example',
  key: '/post',
  url: `${pageOrigin}/post`,
  title: 'A post',
  kinds: ['thread'],
  locale: 'en',
  ...more,
})

const ask = (more: Partial<NewSubscription> = {}, options: Parameters<typeof call>[2] = {}) =>
  call('POST', '/v1/sites/blog/subscriptions', { body: wish(more), ...options })

const rows = async (table: string) =>
  (await env.DB.prepare(`SELECT * FROM ${table}`).all<Record<string, unknown>>()).results

const open = (path: string) => call('GET', path, { origin: null })

/** Sends a form of the page, with what the page would have in it. */
const send = (path: string, fields: Record<string, string>, origin: string | null = null) =>
  call('POST', path, {
    body: new URLSearchParams({
      ...{ shownAt: String(now), commentSeq: '0', threadKey: '/post' },
      ...fields,
    }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    origin,
  })

const html = async (answer: Response | Promise<Response>) => {
  const response = await answer
  return `${response.status} ${await response.text()}`
}

const token = () => crypto.randomUUID() + crypto.randomUUID()

/** Has an address follow the page, and confirms it. @returns the path of its link */
async function following(more: Partial<NewSubscription> = {}, options: Parameters<typeof call>[2] = {}) {
  const box = mailbox()
  await json(ask(more, options), 202)
  await box.deliverDue()
  const path = linkIn((await box.sent()).at(-1) as never)
  expect(await html(send(path, { act: 'confirm' }))).toMatch(/^200/)
  return path
}

describe('A reader who asks to be told by mail', () => {
  it('gets one mail that asks, and nothing is theirs before the button on its page is pressed', async () => {
    const box = mailbox()
    await json(ask(), 202)
    await box.deliverDue()
    const [mail, ...others] = await box.sent()
    expect(others).toEqual([])
    expect(mail).toMatchObject({ to: 'mika@mail.example' })
    expect(mail?.text).toContain('Blog')
    const path = linkIn(mail as never)
    for (let times = 0; times < 3; times++) expect(await html(open(path))).toContain('All new comments on')
    expect(await rows('subscriptions')).toMatchObject([{ confirmed_at: null }])
    expect(await html(send(path, { act: 'confirm' }))).toContain('From now on you are told')
    expect(await rows('subscriptions')).toMatchObject([{ confirmed_at: now }])
  })

  it('gets one mail a day however often anyone types the address, and three until it is confirmed', async () => {
    const box = mailbox()
    for (let days = 0; days < 6; days++) {
      for (let times = 0; times < 12; times++)
        expect(
          (await ask({ email: times % 2 ? 'mika+spam@mail.example' : 'Mika@Mail.Example', key: `/${times}` }))
            .status,
        ).toBe(202)
      await box.deliverDue()
      expect(await box.sent()).toHaveLength(Math.min(days + 1, 3))
      pass(day)
    }
  })

  it('gets one mail however anyone dots an address where dots say nothing', async () => {
    const box = mailbox()
    for (const email of ['mika.mail@gmail.com', 'm.i.k.a.mail+x@gmail.com', 'Mikamail@googlemail.com'])
      expect((await ask({ email })).status).toBe(202)
    await box.deliverDue()
    expect(await box.sent()).toHaveLength(1)
    for (const email of ['mika.mail@mail.example', 'mikamail@mail.example'])
      expect((await ask({ email })).status).toBe(202)
    await box.deliverDue()
    expect(await box.sent()).toHaveLength(3)
  })

  it('gets one mail where hundreds type the address at once', async () => {
    const { environment, ...box } = mailbox({ RATE_LIMIT: 'off' })
    await postAll(
      environment,
      Array.from({ length: 300 }, (_, at) => wish({ key: `/post/${at}` })),
    )
    await box.deliverDue()
    expect(await box.sent()).toHaveLength(1)
  })

  it('is answered alike whether the address is new, waits, is confirmed, has ended or complained', async () => {
    const seen = async () => {
      const answer = await ask()
      const headers = Object.fromEntries(answer.headers)
      return JSON.stringify([answer.status, headers, await answer.text()])
    }
    const first = await seen()
    const path = await following()
    const confirmed = await seen()
    await send(path, { act: 'endAll' })
    const ended = await seen()
    await send(path, { act: 'complain' })
    expect([confirmed, ended, await seen()]).toEqual([first, first, first])
  })

  it('is never written to again once they complained, whatever anyone types', async () => {
    const path = await following()
    await send(path, { act: 'complain' })
    const box = mailbox()
    for (let days = 0; days < 3; days++) {
      await json(ask({ key: `/${days}` }), 202)
      await box.deliverDue()
      pass(day)
    }
    expect(await box.sent()).toEqual([])
    expect(await rows('subscriptions')).toEqual([])
    expect(await rows('subscribers')).toMatchObject([{ address: '', complained: 1 }])
  })

  it('is asked anew for what a stranger types, and not for what they ask for themselves', async () => {
    const mine = token()
    await following({}, { token: mine })
    await json(ask({ key: '/other' }, { token: mine }), 202)
    await json(ask({ key: '/strange' }, { token: token() }), 202)
    await json(ask({ key: '/stranger' }), 202)
    const found = await rows('subscriptions')
    expect(
      found.filter(({ confirmed_at }) => confirmed_at !== null).map(({ thread_key }) => thread_key),
    ).toEqual(['/other', '/post'])
    const box = mailbox()
    await box.deliverDue()
    expect(await box.sent()).toEqual([])
    pass(day)
    await box.deliverDue()
    expect(await box.sent()).toHaveLength(1)
  })

  it('is told what becomes of their own comment alone, and of answers to what readers see', async () => {
    const other = await posted()
    const mine = token()
    await json(ask({ kinds: ['fate', 'replies'], commentId: other.comment.id }, { token: mine }), 202)
    expect(await rows('subscriptions')).toEqual([])
    const seen = await approved()
    await json(ask({ kinds: ['fate', 'replies'], commentId: seen.comment.id }, { token: mine }), 202)
    await json(ask({ kinds: ['fate', 'replies'], commentId: other.comment.id }, { token: other.token }), 202)
    expect((await rows('subscriptions')).map(({ kind }) => kind).sort()).toEqual([
      'fate',
      'replies',
      'replies',
    ])
  })

  it('may ask twenty times a day from one network, and where the site does not want it not at all', async () => {
    const statuses: number[] = []
    for (let times = 0; times < 21; times++) {
      const headers = { 'cf-connecting-ip': `203.0.113.${times}` }
      statuses.push((await ask({ email: `m${times}@mail.example` }, { headers })).status)
    }
    expect(statuses.filter((status) => status === 202)).toHaveLength(20)
    expect(statuses.at(-1)).toBe(429)
    await json(asOperator('PATCH', '/v1/sites/blog', { settings: { readerMail: false } }))
    expect((await ask()).status).toBe(404)
  })

  it.each([
    ['email', 'mika'],
    ['email', 'mika@mail.example\r\nBcc: all@mail.example'],
    ['email', 'a@mail.example, b@mail.example'],
    ['kinds', []],
    ['kinds', ['everything']],
    ['locale', 'en\r\n'],
    ['key', ''],
    ['commentId', 'x'],
    ['url', 'javascript:alert(1)'],
  ])('is told what is wrong with %s %j', async (field, value) => {
    const { error } = await json<{ error: { field: string } }>(ask({ [field]: value }), 400)
    expect(error.field).toMatch(new RegExp(`^${field}`))
    expect(await rows('subscribers')).toEqual([])
  })

  it('writes from a page of the site alone, about a page of the site alone', async () => {
    expect((await ask({}, { origin: 'https://other.example' })).status).toBe(403)
    expect((await ask({ url: 'https://other.example/post' })).status).toBe(403)
  })
})

describe('Who posts and wants to be told', () => {
  const author = { name: 'Mika', email: 'mika@mail.example' }

  it('asks for it with the comment itself, and gets one mail that asks', async () => {
    const box = mailbox()
    const { comment: made } = await posted({ author, subscribe: ['fate', 'replies'], locale: 'ja' } as never)
    await box.deliverDue()
    const [mail] = await box.sent()
    expect(mail?.subject).toMatch(/[ぁ-ん]/)
    expect(await html(open(linkIn(mail as never)))).toContain('あなたのコメント')
    const found = await env.DB.prepare(
      'SELECT c.id, s.kind FROM subscriptions s JOIN comments c ON c.seq = s.comment_seq ORDER BY s.kind',
    ).all()
    expect(found.results).toEqual([
      { id: made.id, kind: 'fate' },
      { id: made.id, kind: 'replies' },
    ])
  })

  it('is told which address is missing or takes no mail, before anything is stored', async () => {
    for (const email of [undefined, 'mika@例え'])
      expect(
        (await post(comment({ author: { name: 'Mika', email }, subscribe: ['fate'] } as never))).status,
      ).toBe(400)
    expect(await rows('comments')).toEqual([])
    expect(await rows('subscribers')).toEqual([])
  })

  it('posts all the same where the site tells nobody, or enough was asked for today', async () => {
    await json(asOperator('PATCH', '/v1/sites/blog', { settings: { readerMail: false } }))
    await posted({ author, subscribe: ['fate'] } as never)
    expect(await rows('subscribers')).toEqual([])
  })
})

describe('The page of a reader', () => {
  it.each([
    ['a forged one', (path: string) => `${path.slice(0, -2)}xx`],
    ['another one’s id', (path: string) => path.replace(/\/s\/.{22}/, `/s/${'A'.repeat(22)}`)],
    ['one that ends made one that confirms', (path: string) => path.replace(/\.\d+\./, '.99999.')],
    ['none', () => '/s/'],
    ['a long one', (path: string) => path + 'a'.repeat(5000)],
  ])('is not there for %s', async (_, change) => {
    const path = await following()
    for (const answer of [await open(change(path)), await send(change(path), { act: 'endAll' })])
      expect(answer.status).toBe(404)
    expect(await rows('subscriptions')).toHaveLength(1)
  })

  it('confirms for a week, and ends for ever', async () => {
    const box = mailbox()
    await json(ask(), 202)
    await box.deliverDue()
    const path = linkIn((await box.sent())[0] as never)
    pass(8 * day)
    expect(await html(open(path))).toContain('older than a week')
    await send(path, { act: 'confirm' })
    expect(await rows('subscriptions')).toMatchObject([{ confirmed_at: null }])
    await send(path, { act: 'endAll' })
    expect(await rows('subscriptions')).toEqual([])
  })

  it('confirms what it showed, and not what somebody asked for after that', async () => {
    const box = mailbox()
    await json(ask(), 202)
    await box.deliverDue()
    const path = linkIn((await box.sent())[0] as never)
    const shownAt = String(now)
    pass(minute)
    await json(ask({ key: '/later' }), 202)
    await send(path, { act: 'confirm', shownAt, threadKey: '/later' })
    expect((await rows('subscriptions')).map(({ confirmed_at }) => confirmed_at)).toEqual([null, null])
    await send(path, { act: 'confirm', shownAt })
    expect((await rows('subscriptions')).map(({ confirmed_at }) => confirmed_at !== null)).toEqual([
      false,
      true,
    ])
  })

  it('confirms one thing with each button, and both kinds of news of one comment with one', async () => {
    const box = mailbox()
    const author = { name: 'Mika', email: 'mika@mail.example' }
    await posted({ author, subscribe: ['fate', 'replies'], locale: 'en' } as never)
    for (const key of ['/post', '/a?b=1&c=2']) await json(ask({ key }), 202)
    await box.deliverDue()
    const path = linkIn((await box.sent())[0] as never)
    const asked = async () =>
      new Map(
        confirming(await html(open(path)))
          .map((body) => Object.fromEntries(new URLSearchParams(body)))
          .map((fields) => [fields.threadKey ?? '', fields]),
      )
    const confirmed = async () =>
      (await rows('subscriptions'))
        .filter(({ confirmed_at }) => confirmed_at !== null)
        .map(({ kind, thread_key }) => `${kind} ${thread_key}`)
        .sort()
    expect([...(await asked()).keys()].sort()).toEqual(['', '/a?b=1&c=2', '/post'])
    await send(path, (await asked()).get('') ?? {})
    expect(await confirmed()).toEqual(['fate ', 'replies '])
    await send(path, (await asked()).get('/a?b=1&c=2') ?? {})
    expect(await confirmed()).toEqual(['fate ', 'replies ', 'thread /a?b=1&c=2'])
    expect([...(await asked()).keys()]).toEqual(['/post'])
  })

  it('shows by an older link what is asked and not confirmed, says that nothing is told, and ends it', async () => {
    const path = await following()
    await json(ask({ key: '/later', title: 'Later' }), 202)
    const older = (await rows('subscribers')).map(({ id }) => id)[0] as string
    const link = `/s/${await endingToken(env as unknown as Env, older)}`
    const end = (threadKey: string) => send(link, { act: 'end', kind: 'thread', commentSeq: '0', threadKey })
    expect(await html(end('/post'))).toMatch(
      /^200 .*Asked for, not confirmed yet.*name="threadKey" value="\/later".*Stop this.*No mail is sent to you/s,
    )
    expect(await html(open(link))).not.toContain('value="confirm"')
    expect(await html(open(path))).toContain('value="confirm"')
    expect(await html(end('/later'))).toMatch(/That has ended.*No mail is sent to you/s)
    expect(await rows('subscribers')).toMatchObject([{ state: 'ended', address: '' }])
  })

  it('ends one of several, then the last, and the address with it', async () => {
    const mine = token()
    const path = await following({}, { token: mine })
    await json(ask({ key: '/other' }, { token: mine }), 202)
    const end = (threadKey: string) => send(path, { act: 'end', kind: 'thread', commentSeq: '0', threadKey })
    expect(await html(end('/other'))).toContain('That has ended')
    expect(await rows('subscriptions')).toMatchObject([{ thread_key: '/post' }])
    expect(await rows('subscribers')).toMatchObject([{ state: 'confirmed', address: 'mika@mail.example' }])
    expect(await html(end('/post'))).toContain('No mail is sent to you from here')
    expect(await rows('subscribers')).toMatchObject([{ state: 'ended', address: '' }])
  })

  it.each([
    ['application/x-www-form-urlencoded', 'List-Unsubscribe=One-Click'],
    [
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
    ],
  ])('ends all by one request of a mail provider: %s', async (type, body) => {
    const path = await following()
    const answer = await call('POST', path, {
      ...{ body, headers: { 'content-type': type }, origin: 'https://mail.provider.example' },
    })
    expect(answer.status).toBe(204)
    expect(await rows('subscriptions')).toEqual([])
    expect(await html(open(path))).toContain('No mail is sent to you from here')
  })

  it('says nothing of the whole address, is kept nowhere, framed nowhere, and runs no script', async () => {
    const path = await following()
    const answer = await open(path)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
    expect(answer.headers.get('content-security-policy')).toMatch(
      /default-src 'none'.*frame-ancestors 'none'/,
    )
    const page = await answer.text()
    expect(page).toContain('m…@mail.example')
    expect(page).not.toMatch(/mika@|<script/)
  })

  it.each(['en', 'ja', 'zh-Hans', 'zh-Hant', 'ko', 'de', 'fr', 'es', 'pt-BR', 'ru', 'ar', 'id'])(
    'speaks %s',
    async (locale) => {
      const page = await html(open(await following({ locale })))
      expect(page).toContain(`<html lang="${locale}"`)
      expect(page).not.toMatch(/[{|}]/)
    },
  )
})

describe('What is kept of a reader', () => {
  it('is nothing but that it ended after they end it, and nothing a month later', async () => {
    const path = await following()
    await json(ask({ email: 'never@mail.example', key: '/x' }), 202)
    await send(path, { act: 'endAll' })
    expect(JSON.stringify(await rows('outbox')) + JSON.stringify(await rows('deliveries'))).not.toContain(
      'mika',
    )
    pass(32 * day)
    now = Math.floor(now / (60 * minute)) * 60 * minute
    await mailbox().sweep()
    expect(await rows('subscriptions')).toEqual([])
    const left = await rows('subscribers')
    expect(left.filter(({ state }) => state === 'pending')).toEqual([])
  })

  it('is nothing once they withdraw the comment it was about', async () => {
    const author = { name: 'Mika', email: 'mika@mail.example' }
    const made = await posted({ author, subscribe: ['fate', 'replies'] } as never)
    await mailbox().deliverDue()
    expect(await rows('deliveries')).toMatchObject([{ recipient: 'm…@mail.example' }])
    await call('DELETE', `/v1/sites/blog/comments/${made.comment.id}`, { token: made.token })
    expect(await rows('subscriptions')).toEqual([])
    expect(await rows('subscribers')).toMatchObject([{ state: 'ended', address: '' }])
    expect(await rows('deliveries')).toEqual([])
  })

  it('is nothing once the site is removed', async () => {
    await following()
    await approved()
    await json(asOperator('POST', '/v1/sites/blog/archive'))
    for (let times = 0; times < 5; times++) await asOperator('DELETE', '/v1/sites/blog')
    expect(await rows('subscribers')).toEqual([])
    expect(await rows('subscriptions')).toEqual([])
  })
})
