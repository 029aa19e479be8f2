import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { sign } from '../../../worker/crypto.ts'
import type { Env } from '../../../worker/env.ts'
import { addressHash } from '../../../worker/mail/addressHash.ts'
import { reasonOf } from '../../../worker/store/mailBlocks.ts'
import key from '../../fixtures/mail/sns.key?raw'
import certificate from '../../fixtures/mail/sns.pem?raw'
import { fetchIn } from '../jobs.ts'
import { addSite, call, json, pageOrigin } from '../product.ts'

const isBlocked = async (...asked: Parameters<typeof reasonOf>) => (await reasonOf(...asked)) !== null

const here = env as unknown as Env
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const topic = 'arn:aws:sns:eu-west-1:123456789012:mail'
const password = 'p4ssw0rd-of-16-or-more'
const configured = { resend: `resend:${secret}`, postmark: `postmark:hook:${password}`, ses: `ses:${topic}` }

/** What Amazon was asked for. */
const asked: string[] = []
const INTERNET = {
  fetch: async (url: string) => {
    asked.push(url)
    return new Response(url.endsWith('.pem') ? certificate : '<ok/>')
  },
} as unknown as Env['INTERNET']

/** Tells an instance something; the status of its answer. */
async function tell(
  provider: string,
  body: string,
  headers: Record<string, string> = {},
  by: keyof typeof configured = provider as keyof typeof configured,
): Promise<number> {
  const surroundings = { ...here, MAIL_EVENTS: configured[by] ?? '', INTERNET } as Env
  const url = `https://hankyo.example/v1/mail/events/${provider}`
  return (await fetchIn(surroundings, new Request(url, { method: 'POST', headers, body }) as never)).status
}

const isEnded = async (address: string) => isBlocked(here.DB, await addressHash(here, address))

const seconds = (away = 0) => String(Math.floor(Date.now() / 1000) + away)

async function signedByResend(body: string, timestamp = seconds(), by = secret) {
  const signature = `v1,${await sign(by, `msg_1.${timestamp}.${body}`)}`
  return { 'svix-id': 'msg_1', 'svix-timestamp': timestamp, 'svix-signature': `v1,other ${signature}` }
}

const basic = (credentials: string) => ({ authorization: `Basic ${btoa(credentials)}` })

const resendEvent = (type: string, more: object = {}) =>
  JSON.stringify({ type, created_at: '2026-11-30T00:00:00Z', data: { to: ['Mika@Mail.example'], ...more } })

describe('What Resend tells of mails', () => {
  it.each([
    ['email.bounced', { bounce: { type: 'Permanent', subType: 'General', message: 'gone' } }, true],
    ['email.bounced', { bounce: { type: 'Transient', subType: 'MailboxFull' } }, false],
    ['email.complained', {}, true],
    ['email.suppressed', {}, true],
    ['email.delivered', {}, false],
  ])('%s %j: ends the address: %s', async (type, more, over) => {
    const body = resendEvent(type, more)
    expect(await tell('resend', body, await signedByResend(body))).toBe(204)
    expect(await isEnded('mika@mail.example')).toBe(over)
  })

  it('ends what the address is told of, on every site, and leaves nothing of it', async () => {
    await addSite()
    await addSite({ id: 'other', name: 'Other' })
    for (const site of ['blog', 'other']) {
      const wish = { email: 'Mika@Mail.example', key: '/post', url: `${pageOrigin}/post`, kinds: ['thread'] }
      await json(call('POST', `/v1/sites/${site}/subscriptions`, { body: { ...wish, locale: 'en' } }), 202)
    }
    await env.DB.prepare("UPDATE subscribers SET state = 'confirmed'").run()
    const body = resendEvent('email.complained')
    expect(await tell('resend', body, await signedByResend(body))).toBe(204)
    const { results } = await env.DB.prepare('SELECT * FROM subscribers').all()
    const over = { state: 'ended', address: '', address_hash: null, complained: 1 }
    expect(results).toMatchObject([over, over])
    expect((await env.DB.prepare('SELECT 1 FROM subscriptions').all()).results).toEqual([])
  })

  it('is not heard unless it is signed, lately, and by this secret', async () => {
    const body = resendEvent('email.complained')
    const other = 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
    const right = await signedByResend(body)
    const forged = [
      {},
      { ...right, 'svix-signature': '' },
      { ...right, 'svix-id': 'msg_2' },
      await signedByResend(body, seconds(), other),
      await signedByResend(body, seconds(-330)),
      await signedByResend(body, seconds(330)),
      await signedByResend(`${body} `),
    ]
    for (const headers of forged) expect(await tell('resend', body, headers)).toBe(401)
    expect(await isEnded('mika@mail.example')).toBe(false)
  })
})

describe('What Postmark tells of mails', () => {
  it.each([
    [{ RecordType: 'Bounce', Type: 'HardBounce', Email: 'mika@mail.example', Inactive: true }, true],
    [{ RecordType: 'Bounce', Type: 'SoftBounce', Email: 'mika@mail.example', Inactive: false }, false],
    [{ RecordType: 'SpamComplaint', Type: 'SpamComplaint', Email: 'mika@mail.example' }, true],
    [{ RecordType: 'SubscriptionChange', Recipient: 'mika@mail.example', SuppressSending: true }, true],
    [{ RecordType: 'Delivery', Recipient: 'mika@mail.example' }, false],
  ])('%j: ends the address: %s', async (event, over) => {
    expect(await tell('postmark', JSON.stringify(event), basic(`hook:${password}`))).toBe(204)
    expect(await isEnded('mika@mail.example')).toBe(over)
  })

  it('is not heard from whoever has not its password', async () => {
    const body = JSON.stringify({ RecordType: 'SpamComplaint', Email: 'mika@mail.example' })
    for (const headers of [
      {},
      basic(`hook:${password}x`),
      basic(`:${password}`),
      { authorization: password },
    ])
      expect(await tell('postmark', body, headers as Record<string, string>)).toBe(401)
    expect(await isEnded('mika@mail.example')).toBe(false)
  })
})

const url = 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem'

/** A message of Amazon SNS, signed. */
async function published(
  event: object,
  more: Record<string, string> = {},
  hash = 'SHA-256',
): Promise<Record<string, string>> {
  const message: Record<string, string> = {
    ...{
      Type: 'Notification',
      MessageId: crypto.randomUUID(),
      TopicArn: topic,
      Message: JSON.stringify(event),
    },
    ...{
      Timestamp: new Date().toISOString(),
      SignatureVersion: hash === 'SHA-1' ? '1' : '2',
      SigningCertURL: url,
    },
    ...more,
  }
  const names =
    message.Type === 'Notification'
      ? ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type']
      : ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type']
  const text = names.filter((name) => name in message).map((name) => `${name}\n${message[name]}\n`)
  const der = Uint8Array.from(atob(key.replace(/-----.*?-----|\s/g, '')), (c) => c.charCodeAt(0))
  const rsa = { name: 'RSASSA-PKCS1-v1_5', hash }
  const imported = await crypto.subtle.importKey('pkcs8', der, rsa, false, ['sign'])
  const signature = await crypto.subtle.sign(rsa.name, imported, new TextEncoder().encode(text.join('')))
  return { ...message, Signature: btoa(String.fromCharCode(...new Uint8Array(signature))) }
}

const bounce = (bounceType: string) => ({
  ...{ notificationType: 'Bounce' },
  bounce: { bounceType, bouncedRecipients: [{ emailAddress: 'Mika <mika@mail.example>' }] },
})

describe('What Amazon SES tells of mails', () => {
  it.each([
    [bounce('Permanent'), true],
    [bounce('Transient'), false],
    [
      {
        eventType: 'Complaint',
        complaint: { complainedRecipients: [{ emailAddress: 'mika@mail.example' }] },
      },
      true,
    ],
    [{ eventType: 'Delivery', mail: {} }, false],
  ])('%j: ends the address: %s', async (event, over) => {
    for (const hash of ['SHA-1', 'SHA-256'])
      expect(await tell('ses', JSON.stringify(await published(event, {}, hash)))).toBe(204)
    expect(await isEnded('mika@mail.example')).toBe(over)
  })

  it('is heard once it was confirmed, at Amazon alone', async () => {
    const confirming = { Type: 'SubscriptionConfirmation', Token: 'token' }
    const at = 'https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=token'
    expect(await tell('ses', JSON.stringify(await published({}, { ...confirming, SubscribeURL: at })))).toBe(
      204,
    )
    expect(asked).toContain(at)
    const elsewhere = 'https://evil.example/sns.eu-west-1.amazonaws.com/'
    await tell('ses', JSON.stringify(await published({}, { ...confirming, SubscribeURL: elsewhere })))
    expect(asked).not.toContain(elsewhere)
  })

  it('is not heard unless Amazon signed it, for this topic', async () => {
    const right = await published(bounce('Permanent'))
    const forged = [
      { ...right, Signature: '' },
      { ...right, Signature: '%' },
      { ...right, Message: right.Message?.replace('mika', 'mira') },
      { ...right, SignatureVersion: '3' },
      { ...right, SigningCertURL: 'https://sns.eu-west-1.amazonaws.com.evil.example/a.pem' },
      { ...right, SigningCertURL: 'https://evil.example/sns.eu-west-1.amazonaws.com/a.pem' },
      { ...right, SigningCertURL: 'http://sns.eu-west-1.amazonaws.com/a.pem' },
      await published(bounce('Permanent'), { TopicArn: `${topic}-of-another` }),
      await published(bounce('Permanent'), { Type: 'Something' }),
    ]
    for (const message of forged) expect(await tell('ses', JSON.stringify(message))).toBe(401)
    expect(await isEnded('mika@mail.example')).toBe(false)
    expect(asked.filter((one) => one.includes('evil'))).toEqual([])
  })
})

describe('Whatever tells of mails', () => {
  it('is not there unless it is configured', async () => {
    const body = JSON.stringify({ RecordType: 'SpamComplaint', Email: 'mika@mail.example' })
    expect(await tell('postmark', body, basic(`hook:${password}`), 'resend')).toBe(404)
    expect(await tell('mailgun', body)).toBe(404)
  })

  it.each([
    '',
    'null',
    '[]',
    '{"RecordType":"Bounce","Inactive":true,"Email":["a",{"b":1}]}',
    '{"RecordType":7}',
    '{',
  ])('harms nothing with %s', async (body) => {
    expect(await tell('postmark', body, basic(`hook:${password}`))).toBe(204)
  })
})
