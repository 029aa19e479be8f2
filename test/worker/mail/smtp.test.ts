import { env } from 'cloudflare:workers'
import PostalMime from 'postal-mime'
import { afterEach, describe, expect, inject, it, vi } from 'vitest'
import type { MailWay } from '../../../worker/contract/mailWay.ts'
import type { Env } from '../../../worker/env.ts'
import { deliveringMs } from '../../../worker/jobs/deliver.ts'
import { addressHash } from '../../../worker/mail/addressHash.ts'
import { type Mail, MailRefused, sendMail } from '../../../worker/mail/mailer.ts'
import { messageOf } from '../../../worker/mail/message.ts'
import { bySmtp, usualPatience } from '../../../worker/mail/transports/smtp.ts'
import { Unavailable } from '../../../worker/outside/exchange.ts'
import { reasonOf } from '../../../worker/store/mailBlocks.ts'

const isBlocked = async (...asked: Parameters<typeof reasonOf>) => (await reasonOf(...asked)) !== null

const { starttls, implicit, plain, silent, inbox } = inject('mailServer')
const here = env as unknown as Env
const password = 'p%3Aa%2Fs%40s'

const mail = (more: Partial<Mail> = {}): Mail => ({
  ...{ id: `smtp.${crypto.randomUUID()}`, to: 'mika@mail.example', fromName: '反響' },
  ...{ locale: 'ja', subject: '返信がありました', text: 'こんにちは\n.\n', html: '<p>こんにちは</p>' },
  ...more,
})

const send = (way: string, more: Partial<Mail> = {}, from = 'comments@blog.example') =>
  sendMail({ ...here, MAIL: way, MAIL_FROM: from }, mail(more))

/** A mail that the server took. */
interface Taken {
  from: string
  to: string
  raw: string
  secure: boolean
  user: string | null
}

/** What the mail server took of a mail. */
async function taken(one: Mail): Promise<Taken[]> {
  const all = await (await fetch(inbox)).json<Taken[]>()
  return all.filter(({ raw }) => raw.includes(`<${one.id}@`))
}

afterEach(() => {
  vi.restoreAllMocks()
})

describe('A mail by SMTP', () => {
  it.each([
    ['STARTTLS', `smtp://localhost:${starttls}`, true, null],
    ['STARTTLS and a password', `smtp://blog:${password}@localhost:${starttls}`, true, 'blog'],
    ['TLS from the start', `smtps://blog:${password}@localhost:${implicit}`, true, 'blog'],
    ['no TLS within one’s own network', `smtp://127.0.0.1:${plain}?tls=never`, false, null],
    ['no TLS and a password there', `smtp://blog:${password}@localhost:${plain}?tls=never`, false, 'blog'],
  ])('arrives as it was, with %s', async (_, way, secure, user) => {
    const one = mail()
    const answer = await sendMail({ ...here, MAIL: way, MAIL_FROM: 'Blog <comments@blog.example>' }, one)
    expect(answer).toMatch(/^250 2\.0\.0 queued as \d+$/)
    const [arrived, ...more] = await taken(one)
    expect(more).toEqual([])
    expect(arrived).toMatchObject({ from: 'comments@blog.example', to: 'mika@mail.example', secure, user })
    const read = await PostalMime.parse(arrived?.raw ?? '')
    expect(read).toMatchObject({ subject: one.subject, from: { name: '反響' } })
    expect(read.text?.replaceAll('\r\n', '\n').trim()).toBe(one.text.trim())
  })

  it.each([
    ['later', Unavailable, 'the server asks to try again: 451 4.7.1 greylisted, try again'],
    ['busy', Unavailable, 'the server asks to try again: 452 4.3.1 out of room'],
    ['drop', Unavailable, `localhost:${starttls} closed the connection`],
    [
      'elsewhere',
      Unavailable,
      'the server sends nothing to others for this sender: 554 5.7.1 relay access denied',
    ],
    ['unwanted', MailRefused, 'the server does not take this mail: 554 5.6.0 looks like spam'],
    ['full', MailRefused, 'the mailbox is full, or takes none so large: 552 5.2.2 mailbox f…'],
    ['nobody', MailRefused, 'the server knows no such recipient: 550 5.1.1 <n…@mail.example>: no such user'],
  ])('that %s gets is told in words, and says whether to try again', async (name, kind, words) => {
    const failure = await send(`smtp://localhost:${starttls}`, { to: `${name}@mail.example` }).catch(
      (error) => error,
    )
    expect(failure.message).toBe(words)
    expect(failure).toBeInstanceOf(kind)
    expect(failure instanceof MailRefused).toBe(kind === MailRefused)
    // Only one that nobody has is ended.
    const hash = await addressHash(here, `${name}@mail.example`)
    expect(await isBlocked(here.DB, hash)).toBe(name === 'nobody')
  })

  it.each([
    [
      'a wrong password',
      `smtp://blog:wrong@localhost:${starttls}`,
      /does not take this user and password: 535 5\.7\.8/,
    ],
    [
      'the same from the start',
      `smtps://127.0.0.1:${implicit}`,
      /not reachable, or its certificate is not valid for 127\.0\.0\.1/,
    ],
    ['no STARTTLS', `smtp://localhost:${plain}`, /offers no STARTTLS: take smtps:\/\/, or \?tls=never/],
    ['nobody there', 'smtp://127.0.0.1:9?tls=never', /127\.0\.0\.1:9 is not reachable$/],
  ])('waits where there is %s', async (_, way, words) => {
    const failure = await send(way).catch((error) => error)
    expect(failure.message).toMatch(words)
    expect(failure).toBeInstanceOf(Unavailable)
    expect(failure).not.toBeInstanceOf(MailRefused)
  })

  it('waits where the sender is not the server’s', async () => {
    const failure = await send(`smtp://localhost:${starttls}`, {}, 'foreign@blog.example').catch(
      (error) => error,
    )
    expect(failure.message).toBe('the server does not take this sender: 553 5.7.1 not your address')
    expect(failure).not.toBeInstanceOf(MailRefused)
  })

  it('is kept back for a minute where the server let three wait, and then tried again', async () => {
    const wait = globalThis.setTimeout
    vi.spyOn(globalThis, 'setTimeout').mockImplementation(((work: () => void, ms = 0) =>
      wait(work, ms / 100)) as typeof setTimeout)
    const failure = () => send(`smtp://localhost:${silent}?tls=never`).catch((error) => error.message)
    for (let times = 0; times < 3; times++)
      expect(await failure()).toBe(`localhost:${silent} did not answer in time`)
    expect(await failure()).toBe('did not answer in time, asked again in a minute')
    const now = Date.now()
    vi.spyOn(Date, 'now').mockImplementation(() => now + 60_001)
    expect(await failure()).toBe(`localhost:${silent} did not answer in time`)
  })

  const long = 60_000
  it.each([
    ['says nothing', silent, 'mika@mail.example', { connect: 100, step: 100, taking: long }],
    ['never answers', plain, 'slow@mail.example', { connect: 100, step: 100, taking: long }],
    // Longer than for the steps before: sent again meanwhile, the mail would come twice.
    ['looks through a mail', plain, 'thorough@mail.example', { connect: long, step: long, taking: 100 }],
  ])('does not wait for ever for a server that %s', async (_, port, to, patience) => {
    const way = {
      kind: 'smtp',
      host: '127.0.0.1',
      port,
      tls: 'never',
      user: '',
      password: '',
    } satisfies MailWay
    const message = messageOf(mail({ to }), { name: '', address: 'comments@blog.example' })
    const sending = bySmtp(way, message, patience)
    await expect(sending).rejects.toThrow(`127.0.0.1:${port} did not answer in time`)
  })

  it('has an answer, or is given up, before another worker may send it', () => {
    const { connect, step, taking } = usualPatience
    // To greet, to sign in, to name sender and recipient.
    const most = connect + 3 * step + taking
    expect(most).toBeLessThan(deliveringMs - 60_000)
    expect(taking).toBeGreaterThan(step)
  })
})
