import { Unavailable } from '../../outside/exchange.ts'
import { AddressRefused, MailRefused } from '../mail.ts'
import { answerInWords } from './answerInWords.ts'

/** What was asked of the server when it refused. */
export type SmtpStep = 'sign in' | 'sender' | 'recipient' | 'message'

/** Enhanced codes (RFC 3463) of an address that nobody has, and never will while it is written so. */
const nobody = ['5.1.1', '5.1.2', '5.1.3', '5.1.6', '5.1.10']

/** The same in words, of servers that give no such code. */
const nobodyInWords =
  /unknown (user|recipient|mailbox|address)|(user|recipient|mailbox|address) (is )?unknown|no such|no mailbox|(does not|doesn.t) exist/i

/** Codes about who sends, how often, or by which way: 5.1.7 and 5.1.8, 5.4 and 5.7. */
const ofSender = /^5\.(1\.[78]$|[47]\.)/

/** The same in words. */
const ofSenderInWords = /relay|authenticat/i

/** What a server says of a mail's words, by whichever code. */
const ofWords = /spam|unsolicited|junk|virus/i

/**
 * What follows from a server's refusal. 4xx passes. A 5xx ends the address only where it says that nobody has it. What is
 * about signing in, who sends, how often or by which way is mended elsewhere than in the mail, and tried again until then.
 *
 * @param text all of its answer, `550 5.1.1 No such user`
 */
export function refusalBySmtp(step: SmtpStep, text: string, address: string): Error {
  const [, code = '', enhanced = ''] = /^(\d{3})[ -]?(\d\.\d{1,3}\.\d{1,3})?/.exec(text) ?? []
  const words = answerInWords(text, address)
  if (step === 'sign in') return new Unavailable(`the server does not take this user and password: ${words}`)
  if (!code.startsWith('5') || code === '503')
    return new Unavailable(`the server asks to try again: ${words}`)
  if (step === 'sender') return new Unavailable(`the server does not take this sender: ${words}`)
  if (code === '530' || code === '534' || code === '538')
    return new Unavailable(`the server wants one to sign in, or more securely: ${words}`)
  if (step === 'message' && ofWords.test(words))
    return new MailRefused(`the server does not take this mail: ${words}`)
  if (ofSender.test(enhanced) || ofSenderInWords.test(words))
    return new Unavailable(`the server sends nothing to others for this sender: ${words}`)
  if (step === 'message') return new MailRefused(`the server does not take this mail: ${words}`)
  if (nobody.includes(enhanced) || (enhanced === '' && nobodyInWords.test(words)))
    return new AddressRefused(`the server knows no such recipient: ${words}`)
  if (code === '501') return new MailRefused(`the server cannot read this address: ${words}`)
  if (enhanced === '5.2.2' || enhanced === '5.2.3' || (enhanced === '' && code === '552'))
    return new MailRefused(`the mailbox is full, or takes none so large: ${words}`)
  return new MailRefused(`the server does not take mail to this recipient: ${words}`)
}
