import type { Env } from '../../env.ts'
import { Unavailable } from '../../outside/exchange.ts'
import { AddressRefused, MailRefused } from '../mail.ts'
import type { Message } from '../message.ts'
import { answerInWords } from './answerInWords.ts'

/** Of https://developers.cloudflare.com/email-service/api/send-emails/workers-api/: those that the mail itself brings about. */
const ofMail = /^E_(VALIDATION_ERROR|FIELD_MISSING|CONTENT_TOO_LARGE|HEADERS?_.*)$/

/** Hands a mail to Cloudflare's Email Service. It makes Message-IDs of its own, and takes no address to end by that is not https. */
export async function byCloudflare(
  { SEND_MAIL }: Env,
  { mail, to, from, headers }: Message,
): Promise<string> {
  const { subject, text, html, unsubscribe = '' } = mail
  const taken = Object.entries(headers).filter(
    ([name]) => !name.startsWith('List-') || unsubscribe.startsWith('https:'),
  )
  try {
    const { messageId } = await (SEND_MAIL as NonNullable<typeof SEND_MAIL>).send({
      ...{ to, from: { email: from.address, name: from.name }, subject, text, html },
      headers: Object.fromEntries(taken),
    })
    return `Cloudflare took it as ${messageId}`
  } catch (error) {
    const { code = '', message = '' } = error as { code?: string; message?: string }
    const words = answerInWords(`Cloudflare answered ${code}: ${message}`, mail.to)
    if (code === 'E_RECIPIENT_SUPPRESSED') throw new AddressRefused(words)
    throw ofMail.test(code) ? new MailRefused(words) : new Unavailable(words)
  }
}
