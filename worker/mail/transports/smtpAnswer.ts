import { Unavailable } from '../../outside/exchange.ts'
import { AddressRefused, MailRefused } from '../mail.ts'
import { answerInWords } from './answerInWords.ts'

/** What was asked of the server when it refused. */
export type SmtpStep = 'sign in' | 'sender' | 'recipient' | 'message'

/**
 * What follows from a server's refusal. 4xx passes. A 5xx about the recipient ends the address, unless it is about who sends
 * or about a full mailbox; one about signing in or the sender is mended in the configuration, and tried again until then.
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
  if (step === 'message') return new MailRefused(`the server does not take this mail: ${words}`)
  if (enhanced.startsWith('5.7.') || /relay/i.test(text))
    return new Unavailable(`the server sends nothing to others for this sender: ${words}`)
  if (code === '501') return new MailRefused(`the server cannot read this address: ${words}`)
  if (enhanced === '5.2.2' || enhanced === '5.2.3' || (enhanced === '' && code === '552'))
    return new MailRefused(`the mailbox is full, or takes none so large: ${words}`)
  return new AddressRefused(`the server knows no such recipient: ${words}`)
}
