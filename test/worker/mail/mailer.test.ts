import { env } from 'cloudflare:workers'
import PostalMime from 'postal-mime'
import { describe, expect, it } from 'vitest'
import type { Env } from '../../../worker/env.ts'
import { addressHash } from '../../../worker/mail/addressHash.ts'
import { AddressRefused, canMail, type Mail, MailRefused, sendMail } from '../../../worker/mail/mailer.ts'
import { type BlockReason, block, reasonOf, unblock } from '../../../worker/store/mailBlocks.ts'
import { purge } from '../../../worker/store/retention.ts'

const isBlocked = async (...asked: Parameters<typeof reasonOf>) => (await reasonOf(...asked)) !== null

const here = env as unknown as Env

const mail = (more: Partial<Mail> = {}): Mail => ({
  id: `test.${crypto.randomUUID()}`,
  to: 'mika@mail.example',
  fromName: 'My blog',
  locale: 'en',
  subject: 'Your comment is published',
  text: 'Hello\n',
  html: '<p>Hello</p>',
  ...more,
})

async function sent(more: Partial<Mail> = {}, settings: Partial<Env> = {}) {
  const one = mail(more)
  const answer = await sendMail({ ...here, ...settings }, one)
  const file = await here.MAIL_FOLDER?.fetch(`http://mail/${one.id}.eml`)
  const raw = (await file?.text()) ?? ''
  return { answer, raw, mail: one, read: await PostalMime.parse(raw) }
}

const lines = (text = '') => text.replaceAll('\r\n', '\n').trim()

describe('A mail', () => {
  it('says who sent it to whom, what about, and the same in text and HTML', async () => {
    const { answer, read, raw, mail } = await sent({ unsubscribe: 'https://blog.example/s/token?a=b' })
    expect(answer).toBe(`written to mail/${mail.id}.eml`)
    expect(read).toMatchObject({
      from: { name: 'My blog', address: 'comments@hankyo.example' },
      to: [{ name: '', address: 'mika@mail.example' }],
      subject: 'Your comment is published',
      messageId: `<${mail.id}@hankyo.example>`,
      headers: expect.arrayContaining([
        expect.objectContaining({ key: 'auto-submitted', value: 'auto-generated' }),
        expect.objectContaining({ key: 'content-language', value: 'en' }),
        expect.objectContaining({ key: 'list-unsubscribe', value: '<https://blog.example/s/token?a=b>' }),
        expect.objectContaining({ key: 'list-unsubscribe-post', value: 'List-Unsubscribe=One-Click' }),
      ]),
    })
    expect([lines(read.text), lines(read.html)]).toEqual(['Hello', '<p>Hello</p>'])
    expect(Math.abs(Date.parse(read.date ?? '') - Date.now())).toBeLessThan(60_000)
    expect(raw).toMatch(/^Content-Type: multipart\/alternative;/m)
    expect(raw.indexOf('text/plain')).toBeLessThan(raw.indexOf('text/html'))
  })

  it('belongs to a thread, where others came before it', async () => {
    const { read } = await sent({ references: ['reply.1', 'reply.2'] })
    expect(read).toMatchObject({
      inReplyTo: '<reply.2@hankyo.example>',
      references: '<reply.1@hankyo.example> <reply.2@hankyo.example>',
    })
  })

  it('names the first and the latest of a long thread', async () => {
    const ids = Array.from({ length: 40 }, (_, at) => `reply.${at}`)
    const { read } = await sent({ references: ids })
    const kept = [...ids.slice(0, 1), ...ids.slice(-9)].map((id) => `<${id}@hankyo.example>`)
    expect(read.references?.split(/\s+/)).toEqual(kept)
  })

  it('is the same mail when it is sent again', async () => {
    const { mail, read } = await sent({ subject: 'First' })
    const again = await sent({ id: mail.id, subject: 'Second' })
    expect(again.read.messageId).toBe(read.messageId)
    expect(again.read.subject).toBe('Second')
  })

  it.each([
    ['Japanese', '反響：記事「言葉のゆくえ」にコメントが届きました。'.repeat(8)],
    ['Latin with accents', 'Où ça ? Là-bas — « déjà » ! '.repeat(9)],
    ['plain English', 'Somebody answered you. '.repeat(30)],
    ['equals signs and spaces at ends', 'a = b  \n=20 \n x=\n'],
    ['Arabic', 'تعليق جديد على مقالك '.repeat(12)],
    ['emoji', '👩‍👩‍👧🏴󠁧󠁢󠁥󠁮󠁧󠁿'.repeat(20)],
    ['a very long word', 'x'.repeat(3000)],
    ['many words', 'a b '.repeat(400)],
    ['what looks encoded', '=?utf-8?B?QmNjOiB4QHguZXhhbXBsZQ==?='],
    ['signs of headers', 'a: b; c="d" <e@f.example>, (g) \\ "h'],
    ['dots on lines of their own', 'a\n.\n..\nb'],
  ])('keeps %s in every field', async (_, words) => {
    const subject = words.replaceAll('\n', ' ')
    const { read, raw } = await sent({
      ...{ subject, fromName: subject, text: `${words}\n`, html: `<p>${words}</p>` },
    })
    expect(read.subject).toBe(subject.trim())
    const name = [...subject.trim()].slice(0, 100).join('').trim().replaceAll('=?', '= ?')
    expect(read.from).toEqual({ name, address: 'comments@hankyo.example' })
    expect([lines(read.text), lines(read.html)]).toEqual([words.trim(), `<p>${words}</p>`])
    expect(read.to).toEqual([{ name: '', address: 'mika@mail.example' }])
    // Lines as RFC 5322 wants them, in ASCII alone.
    expect(raw).toMatch(/^[\t\r\n\x20-\x7e]*$/)
    expect(Math.max(...raw.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998)
  })

  it.each(['\r\n', '\n', '\r', '\u2028', '\u0085', '\u0000', '\r\n\r\n', '\r\n '])(
    'takes no header from its words: %j',
    async (breaks) => {
      const words = `Hello${breaks}Bcc: victim@mail.example${breaks}<script>alert(1)</script>`
      const { read } = await sent({ subject: words, fromName: words })
      expect(read.headers.map(({ key }) => key).sort()).toEqual([
        'auto-submitted',
        'content-language',
        'content-type',
        'date',
        'from',
        'message-id',
        'mime-version',
        'subject',
        'to',
      ])
      expect(read.bcc).toBeUndefined()
      expect(read.subject).toMatch(/^Hello +Bcc: victim@mail.example +<script>alert\(1\)<\/script>$/)
    },
  )

  it.each(['', 'a b', 'a\r\nBcc: b', '<x>', '../../secrets', 'x'.repeat(151), 'a@b'])(
    'has no id such as %j',
    async (id) => {
      await expect(sendMail(here, mail({ id }))).rejects.toThrow()
      await expect(sendMail(here, mail({ references: [id] }))).rejects.toThrow()
    },
  )

  it('has quotes around dots that need them', async () => {
    const { raw } = await sent({ to: 'taro..yamada.@docomo.example' })
    expect(raw).toMatch(/\r\nTo: <?"taro\.\.yamada\."@docomo\.example>?\r\n/)
  })

  it('brings no file and no page, whatever its words name', async () => {
    const { read } = await sent({ text: 'file:///etc/passwd', html: '<img src="file:///etc/passwd">' })
    expect(read.attachments).toEqual([])
    expect(lines(read.text)).toBe('file:///etc/passwd')
  })

  it.each<[string, Partial<Env>]>([
    ['no way', { MAIL: '' }],
    ['no sender', { MAIL_FROM: '' }],
    ['no folder', { MAIL_FOLDER: undefined as never }],
    ['no binding', { MAIL: 'cloudflare:' }],
  ])('is not sent where there is %s', async (_, settings) => {
    const without = { ...here, ...settings }
    expect(canMail(without)).toBe(false)
    const failure = await sendMail(without, mail()).catch((error) => error)
    expect(failure.message).toBe('this instance sends no mail')
    expect(failure).not.toBeInstanceOf(MailRefused)
  })

  it('is not sent to an address that ended, however it is written', async () => {
    const hash = await addressHash(here, 'gone@mail.example')
    await block(here.DB, [hash], { why: 'bounced', at: Date.now() })
    await expect(sendMail(here, mail({ to: 'Gone@mail.example' }))).rejects.toThrow(AddressRefused)
    await unblock(here.DB, hash, ['bounced', 'refused', 'complained'])
    await sendMail(here, mail({ to: 'Gone@mail.example' }))
  })
})

describe('An address that ended', () => {
  const ended = async (...whys: BlockReason[]) => {
    for (const why of whys) await block(here.DB, ['hash'], { why, at: Date.now() })
    return here.DB.prepare('SELECT why FROM mail_blocks').first('why')
  }

  it('keeps a complaint, whatever comes after it', async () => {
    expect(await ended('bounced', 'complained', 'bounced', 'refused')).toBe('complained')
  })

  it('is forgotten after a year', async () => {
    await ended('complained')
    await purge(here.DB, Date.now() + 364 * 86_400_000)
    expect(await isBlocked(here.DB, 'hash')).toBe(true)
    await purge(here.DB, Date.now() + 366 * 86_400_000)
    expect(await isBlocked(here.DB, 'hash')).toBe(false)
  })

  it('is known by nothing that leads to it', async () => {
    await block(here.DB, [await addressHash(here, 'gone@mail.example')], { why: 'bounced', at: 1 })
    const { results } = await here.DB.prepare('SELECT * FROM mail_blocks').all()
    expect(JSON.stringify(results)).not.toMatch(/gone|mail\.example/)
  })
})
