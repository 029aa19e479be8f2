import { env } from 'cloudflare:workers'
import PostalMime from 'postal-mime'
import { describe, expect, inject, it } from 'vitest'
import type { Env } from '../../../worker/env.ts'
import { addressHash } from '../../../worker/mail/addressHash.ts'
import { type Mail, MailRefused, sendMail } from '../../../worker/mail/mailer.ts'
import { Unavailable } from '../../../worker/outside/exchange.ts'
import { reasonOf } from '../../../worker/store/mailBlocks.ts'

const isBlocked = async (...asked: Parameters<typeof reasonOf>) => (await reasonOf(...asked)) !== null

const here = env as unknown as Env
const services = inject('mailServices')

const ways = {
  resend: `resend:re_0123456789?endpoint=${services}/resend`,
  postmark: `postmark:0123abcd-server-token?endpoint=${services}/postmark`,
  ses: `ses:AKIAIOSFODNN7EXAMPLE:wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY@eu-west-1?endpoint=${services}/ses`,
}

const mail = (more: Partial<Mail> = {}): Mail => ({
  ...{ id: `api.${crypto.randomUUID()}`, to: 'mika@mail.example', fromName: '反響 "My\r\nblog"' },
  ...{ locale: 'ja', subject: '返信が\r\nBcc: x@x.example', text: 'こんにちは', html: '<p>こんにちは</p>' },
  ...{ references: ['thread.1'], unsubscribe: 'https://blog.example/s/token' },
  ...more,
})

const send = (way: string, one = mail(), more: Partial<Env> = {}) =>
  sendMail({ ...here, MAIL: way, MAIL_FROM: 'Blog <comments@blog.example>', ...more }, one)

interface Heard {
  path: string
  headers: Record<string, string>
  // biome-ignore lint/suspicious/noExplicitAny: each service has a shape of its own
  body: any
}

/** What a service was asked last. */
async function heard(path: string): Promise<Heard> {
  const all = await (await fetch(`${services}/heard`)).json<Heard[]>()
  return all.filter((one) => one.path === path).at(-1) as Heard
}

const headers = {
  'Auto-Submitted': 'auto-generated',
  'Content-Language': 'ja',
  'In-Reply-To': '<thread.1@blog.example>',
  References: '<thread.1@blog.example>',
  'List-Unsubscribe': '<https://blog.example/s/token>',
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
}

describe('A mail by a service', () => {
  it('is handed to Resend, once however often', async () => {
    const one = mail()
    expect(await send(ways.resend, one)).toBe('Resend took it as resend-1')
    const asked = await heard('/resend')
    expect(asked.headers).toMatchObject({ 'idempotency-key': one.id })
    expect(asked.body).toEqual({
      ...{ from: '"反響 ’My blog’" <comments@blog.example>', to: ['mika@mail.example'] },
      ...{ subject: '返信が Bcc: x@x.example', text: one.text, html: one.html, headers },
    })
    expect(await send(ways.resend, mail({ to: 'before@mail.example' }))).toBe('Resend took it before')
  })

  it('is handed to Postmark with its Message-ID, and not tracked', async () => {
    const one = mail()
    expect(await send(ways.postmark, one)).toBe('Postmark took it as postmark-1')
    const { body } = await heard('/postmark')
    expect(body).toMatchObject({
      ...{ From: '"反響 ’My blog’" <comments@blog.example>', To: 'mika@mail.example' },
      ...{ Subject: '返信が Bcc: x@x.example', TextBody: one.text, HtmlBody: one.html },
      ...{ TrackOpens: false, TrackLinks: 'None' },
    })
    const all = { ...headers, 'Message-ID': `<${one.id}@blog.example>`, 'X-PM-KeepID': 'true' }
    expect(body.Headers).toEqual(Object.entries(all).map(([Name, Value]) => ({ Name, Value })))
  })

  it('is handed to Amazon SES as it is, signed', async () => {
    const one = mail()
    expect(await send(ways.ses, one)).toBe('Amazon SES took it as ses-1')
    const { body } = await heard('/ses')
    expect(body.Destination).toEqual({ ToAddresses: ['mika@mail.example'] })
    const read = await PostalMime.parse(atob(body.Content.Raw.Data))
    expect(read).toMatchObject({ messageId: `<${one.id}@blog.example>`, subject: '返信が Bcc: x@x.example' })
  })

  it('is handed to Cloudflare with what it takes', async () => {
    const asked: object[] = []
    const SEND_MAIL = { send: async (one: object) => ({ messageId: String(asked.push(one)) }) }
    expect(await send('cloudflare:', mail(), { SEND_MAIL })).toBe('Cloudflare took it as 1')
    const from = { email: 'comments@blog.example', name: '反響 "My blog"' }
    expect(asked[0]).toMatchObject({ to: 'mika@mail.example', from, headers })
    await send('cloudflare:', mail({ unsubscribe: 'http://127.0.0.1/s/token' }), { SEND_MAIL })
    expect(Object.keys((asked[1] as Heard).headers)).not.toContain('List-Unsubscribe')
  })

  it.each<[keyof typeof ways, string, 'again' | 'refused' | 'ended', RegExp]>([
    ['resend', 'busy', 'again', /^answered 429$/],
    ['resend', 'broken', 'again', /^answered 500$/],
    ['resend', 'unverified', 'again', /^Resend answered 403: The blog\.example domain is not verified\.$/],
    ['resend', 'atonce', 'again', /^Resend answered 409/],
    ['resend', 'invalid', 'refused', /^Resend answered 422: Invalid `to` field: i…@mail\.example\.$/],
    ['postmark', 'busy', 'again', /^answered 429$/],
    ['postmark', 'unverified', 'again', /^Postmark answered 422: The From address is not a Sender/],
    ['postmark', 'invalid', 'refused', /^Postmark answered 422: Invalid email request$/],
    ['postmark', 'gone', 'ended', /^Postmark answered 422: Found inactive addresses: g…@mail\.example\.$/],
    ['ses', 'broken', 'again', /^answered 500$/],
    ['ses', 'unverified', 'again', /^Amazon SES answered 400: Email address is not verified: u…@/],
    ['ses', 'paused', 'again', /^Amazon SES answered 400: Paused$/],
    ['ses', 'invalid', 'refused', /^Amazon SES answered 400: Bad address$/],
  ])('by %s to %s is told in words: %s', async (service, name, fate, words) => {
    const to = `${name}@mail.example`
    const failure = await send(ways[service], mail({ to })).catch((error) => error)
    expect(failure.message).toMatch(words)
    expect(failure).toBeInstanceOf(Unavailable)
    expect(failure instanceof MailRefused).toBe(fate !== 'again')
    expect(await isBlocked(here.DB, await addressHash(here, to))).toBe(fate === 'ended')
  })

  it.each([
    ['E_RATE_LIMIT_EXCEEDED', false],
    ['E_SENDER_NOT_VERIFIED', false],
    ['E_RECIPIENT_NOT_ALLOWED', false],
    ['E_VALIDATION_ERROR', true],
    ['E_HEADER_VALUE_TOO_LONG', true],
    ['E_RECIPIENT_SUPPRESSED', true],
  ])('by Cloudflare that answers %s is given up: %s', async (code, isFinal) => {
    const send_ = async () => {
      throw Object.assign(new Error('mika@mail.example'), { code })
    }
    const failure = await send('cloudflare:', mail(), { SEND_MAIL: { send: send_ } }).catch((error) => error)
    expect(failure.message).toBe(`Cloudflare answered ${code}: m…@mail.example`)
    expect(failure instanceof MailRefused).toBe(isFinal)
  })

  it.each([
    ['Resend', ways.resend.replace('re_0123', 're_9999'), /^Resend answered 401: API key is invalid$/],
    ['Postmark', ways.postmark.replace('0123abcd', '9999abcd'), /^Postmark answered 401: Bad token$/],
    [
      'Amazon SES',
      ways.ses.replace('EXAMPLEKEY', 'ANOTHERKEY'),
      /^Amazon SES answered 403: The request signature/,
    ],
  ])('waits where %s does not take the key', async (_, way, words) => {
    const failure = await send(way).catch((error) => error)
    expect(failure.message).toMatch(words)
    expect(failure).not.toBeInstanceOf(MailRefused)
  })

  it('goes to no service of one’s own network unless that is allowed', async () => {
    await expect(send(ways.resend, mail(), { ALLOW_PRIVATE_HOSTS: '' })).rejects.toThrow(
      'address not allowed',
    )
  })
})
