import { describe, expect, it } from 'vitest'
import { mailEventsOf } from '../../../worker/contract/mailEvents.ts'
import { mailWayOf, senderOf, shownWay } from '../../../worker/contract/mailWay.ts'

const smtp = { kind: 'smtp', host: 'mail.example', port: 587, tls: 'starttls', user: '', password: '' }

describe('The way of mail', () => {
  it.each([
    ['smtp://mail.example', smtp],
    [' smtp://mail.example:2525 ', { ...smtp, port: 2525 }],
    ['smtp://blog:p%3Aa%2Fs%40s@mail.example:587', { ...smtp, user: 'blog', password: 'p:a/s@s' }],
    ['smtp://me%40blog.example:x+y%25@mail.example', { ...smtp, user: 'me@blog.example', password: 'x+y%' }],
    [
      'smtps://blog:secret@mail.example',
      { ...smtp, port: 465, tls: 'implicit', user: 'blog', password: 'secret' },
    ],
    ['smtp://127.0.0.1:25?tls=never', { ...smtp, host: '127.0.0.1', port: 25, tls: 'never' }],
    [
      'smtp://a:b@[::1]:25?tls=never',
      { ...smtp, host: '::1', port: 25, tls: 'never', user: 'a', password: 'b' },
    ],
    ['cloudflare:', { kind: 'cloudflare' }],
    ['file:', { kind: 'file' }],
    ['resend:re_12345678', { kind: 'resend', key: 're_12345678', endpoint: 'https://api.resend.com/emails' }],
    [
      'postmark:12345678-aaaa?endpoint=https://mail.example/email',
      { kind: 'postmark', key: '12345678-aaaa', endpoint: 'https://mail.example/email' },
    ],
    [
      'ses:AKIAIOSFODNN7EXAMPLE:wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY@eu-west-1',
      {
        ...{ kind: 'ses', keyId: 'AKIAIOSFODNN7EXAMPLE', key: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' },
        ...{
          region: 'eu-west-1',
          endpoint: 'https://email.eu-west-1.amazonaws.com/v2/email/outbound-emails',
        },
      },
    ],
  ])('is read: %s', (text, way) => {
    expect(mailWayOf(text)).toEqual(way)
  })

  it.each([
    ['mail.example', /takes smtp:\/\//],
    ['ftp://mail.example', /takes smtp:\/\//],
    ['smtp://', /no address of a mail server|names no host/],
    ['smtp://user:pa/ss@mail.example', /In a password write @, :, \/, \?, # and % as %40/],
    ['smtp://user:pa#ss@mail.example', /In a password write @/],
    ['smtp://:secret@mail.example', /a password and no user/],
    ['smtp://mail.example/inbox', /nothing after the port/],
    ['smtp://mail.example?tls=maybe', /\?tls=never or \?tls=starttls/],
    ['smtp://mail.example?pool=true', /\?tls=never or \?tls=starttls/],
    ['smtps://mail.example?tls=never', /nothing after smtps:\/\//],
    ['smtp://blog:secret@mail.example?tls=never', /in the clear over the internet/],
    ['smtp://ma il.example', /no address of a mail server|names no host/],
    ['cloudflare:key', /takes nothing after cloudflare:/],
    ['resend:', /needs the API key/],
    ['resend:re_12345678?region=eu', /knows no "region"/],
    ['resend:re_12345678?endpoint=here', /its endpoint is no address/],
    ['postmark:', /needs the server token/],
    ['ses:key', /KEY_ID:SECRET@REGION/],
  ])('is refused in words without secrets: %s', (text, words) => {
    const { wrong } = mailWayOf(text) as { wrong: string }
    expect(wrong).toMatch(words)
    expect(wrong).not.toMatch(/secret|pa.ss|re_12345678/)
  })

  it.each([
    ['smtp://blog:secret@mail.example', 'SMTP by mail.example:587 with STARTTLS, signed in as blog'],
    ['smtp://[::1]:25?tls=never', 'SMTP by [::1]:25 with no TLS'],
    ['resend:re_12345678', 'Resend (api.resend.com)'],
    ['file:', 'files in the folder mail of the data folder'],
  ])('is shown without its secrets: %s', (text, words) => {
    const way = mailWayOf(text)
    expect('wrong' in way ? way.wrong : shownWay(way)).toBe(words)
  })

  it.each([
    ['Blog <comments@blog.example>', { name: 'Blog', address: 'comments@blog.example' }],
    ['"My, blog" <comments@blog.example>', { name: 'My, blog', address: 'comments@blog.example' }],
    ['反響 <c@日本語.jp>', { name: '反響', address: 'c@xn--wgv71a119e.jp' }],
    ['comments@blog.example', { name: '', address: 'comments@blog.example' }],
    ['Blog', null],
    ['Blog <comments@localhost>', null],
    ['Blog <a@blog.example>, <b@blog.example>', null],
    ['Blog\r\nBcc: x@x.example <a@blog.example>', null],
  ])('has a sender: %j', (text, sender) => {
    expect(senderOf(text)).toEqual(sender)
  })
})

describe('Who tells what became of mails', () => {
  it.each([
    ['resend:whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'resend'],
    ['postmark:hook:0123456789abcdef', 'postmark'],
    ['ses:arn:aws:sns:eu-west-1:123456789012:mail', 'ses'],
  ])('is read: %s', (text, provider) => {
    expect(mailEventsOf(text)).toMatchObject({ provider })
  })

  it.each([
    '',
    'resend:',
    'resend:secret',
    'postmark:hook:short',
    'postmark:0123456789abcdef',
    'ses:mail',
    'x:y',
  ])('is refused: %s', (text) => {
    expect(mailEventsOf(text)).toEqual({ wrong: expect.stringContaining('takes resend:') })
  })
})
