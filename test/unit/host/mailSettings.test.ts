import { describe, expect, it } from 'vitest'
import { mailGiven, mailInWords, mailLacks, mailVariables } from '../../../worker/host/serve/mailSettings.ts'

const sender = 'Blog <comments@blog.example>'

describe('Mail of a server', () => {
  it('becomes files where nobody said how, on one’s own machine alone', () => {
    expect(mailVariables({}, false)).toMatchObject({ MAIL: 'file:' })
    expect(mailVariables({}, true)).toMatchObject({ MAIL: '' })
    expect(mailInWords(mailVariables({}, true))).toBe('not sent: set HANKYO_MAIL, as /docs/mail says')
    expect(mailVariables({ way: 'file:' }, true)).toMatchObject({ MAIL: 'file:' })
  })

  it('goes the way that the command line says, or else the environment', () => {
    const env = { HANKYO_MAIL: 'smtp://one.example', HANKYO_MAIL_FROM: sender, HANKYO_MAIL_EVENTS: '' }
    expect(mailVariables(mailGiven({}, env), true)).toEqual({
      ...{ MAIL: 'smtp://one.example', MAIL_FROM: sender, MAIL_EVENTS: '' },
    })
    expect(mailVariables(mailGiven({ way: 'smtp://two.example' }, env), true).MAIL).toBe('smtp://two.example')
  })

  it('is told at the start, without secrets', () => {
    const variables = mailVariables({ way: 'smtp://blog:secret@mail.example', from: sender }, true)
    expect(mailInWords(variables)).toBe(
      'SMTP by mail.example:587 with STARTTLS, signed in as blog, from Blog <comments@blog.example>',
    )
  })

  it('lacks the address for its links where nobody gave it or came by it', () => {
    const on = mailVariables({ way: 'smtp://mail.example', from: sender }, true)
    expect(mailLacks(on, false)).toMatch(/--public-url/)
    expect(mailLacks(on, true)).toBe(null)
    expect(mailLacks(mailVariables({}, true), false)).toBe(null)
  })

  it.each([
    [{ way: 'smtp:mail' }, /^HANKYO_MAIL \(--mail\)/],
    [{ way: 'smtp://mail.example' }, /^Mail needs a sender: set HANKYO_MAIL_FROM/],
    [{ way: 'smtp://mail.example', from: 'Blog' }, /takes one address, such as .* not "Blog"/],
    [{ way: 'cloudflare:', from: sender }, /only where it runs on Cloudflare/],
    [
      { way: 'smtp://mail.example', from: sender, events: 'resend' },
      /^HANKYO_MAIL_EVENTS takes resend:whsec_/,
    ],
    [{ from: sender }, /^HANKYO_MAIL_FROM goes with HANKYO_MAIL/],
    [{ events: 'postmark:hook:0123456789abcdef' }, /^HANKYO_MAIL_EVENTS goes with HANKYO_MAIL/],
  ])('is refused at the start where it cannot be: %j', (given, words) => {
    expect(() => mailVariables(given, true)).toThrow(words)
  })
})
