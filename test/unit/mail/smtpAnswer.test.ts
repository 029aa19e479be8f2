import { describe, expect, it } from 'vitest'
import { AddressRefused, MailRefused } from '../../../worker/mail/mail.ts'
import { answerInWords } from '../../../worker/mail/transports/answerInWords.ts'
import { refusalBySmtp, type SmtpStep } from '../../../worker/mail/transports/smtpAnswer.ts'

const fate = (step: SmtpStep, answer: string) => {
  const error = refusalBySmtp(step, answer, 'mika@mail.example')
  if (error instanceof AddressRefused) return 'ended'
  return error instanceof MailRefused ? 'refused' : 'again'
}

describe('A refusal of a mail server', () => {
  it.each<[string, SmtpStep, string]>([
    ['ended', 'recipient', '550 5.1.1 No such user'],
    ['ended', 'recipient', '550 No such user here'],
    ['ended', 'recipient', '550-5.1.1 The email account that you tried to reach does not exist.'],
    ['ended', 'recipient', '553 5.1.2 no such domain'],
    ['ended', 'recipient', '550 5.1.10 recipient not found'],
    ['ended', 'recipient', '550 unknown user'],
    ['refused', 'recipient', '550 5.2.1 The account is disabled'],
    ['refused', 'recipient', '550 Sender verify failed'],
    ['refused', 'recipient', '550 your host is in a black list'],
    ['refused', 'recipient', '554 too many recipients this hour'],
    ['again', 'recipient', '550 Please turn on SMTP Authentication in your mail client'],
    ['again', 'recipient', '550 5.4.5 Daily sending quota exceeded'],
    ['again', 'recipient', '550 5.1.8 no such sender'],
    ['refused', 'recipient', '552 5.2.2 over quota'],
    ['refused', 'recipient', '552 mailbox full'],
    ['refused', 'recipient', '501 bad syntax'],
    ['again', 'recipient', '452 4.2.2 over quota'],
    ['again', 'recipient', '450 4.2.0 greylisted'],
    ['again', 'recipient', '421 too many connections'],
    ['again', 'recipient', '554 5.7.1 Relay access denied'],
    ['again', 'recipient', '550 relaying not permitted'],
    ['again', 'recipient', '550 5.7.26 unauthenticated sender'],
    ['again', 'recipient', '530 5.7.0 Authentication required'],
    ['again', 'recipient', '503 bad sequence'],
    ['again', 'recipient', 'what is this'],
    ['again', 'sender', '553 5.7.1 not your address'],
    ['again', 'sender', '550 5.1.8 sender unknown'],
    ['again', 'sign in', '535 5.7.8 authentication failed'],
    ['refused', 'message', '554 5.6.0 looks like spam'],
    ['refused', 'message', '554 5.7.1 message looks like SPAM'],
    ['refused', 'message', '552 5.3.4 too large'],
    ['again', 'message', '550 5.4.5 Daily sending quota exceeded'],
    ['again', 'message', '550 5.7.26 This mail did not pass DMARC'],
    ['again', 'message', '451 4.3.0 try later'],
  ])('is %s at %s: %s', (expected, step, answer) => {
    expect(fate(step, answer)).toBe(expected)
  })

  it('is told on one line, short, and without the address', () => {
    const words = answerInWords(
      `550-5.1.1 <Mika@Mail.example>\r\n550 mika@mail.example ${'x'.repeat(999)}`,
      'Mika@Mail.example',
    )
    expect(words).toMatch(/^550-5\.1\.1 <M…@Mail\.example> 550 m…@mail\.example x+$/)
    expect(words.length).toBe(200)
  })
  it.each([
    ['Jane@Mail.example', '550 unknown user jane', '550 unknown user j…'],
    ['jane+x@mail.example', '550 no mailbox jane here', '550 no mailbox j… here'],
    ['a..b@docomo.example', '550 <"a..b"@docomo.example>: no', '550 <"…@docomo.example>: no'],
    ['é@bücher.example', '550 <é@xn--bcher-kva.example>', '550 <é…@xn--bcher-kva.example>'],
    ['jane@mail.example', '550 forwards to other.person@else.example', '550 forwards to o…@else.example'],
  ])('of mail to %s names nobody: %s', (address, answer, expected) => {
    expect(answerInWords(answer, address)).toBe(expected)
  })
})
