import type { MailWay } from '../../contract/mailWay.ts'
import { type Reach, Unavailable } from '../../outside/exchange.ts'
import { MailRefused } from '../mail.ts'
import type { Message } from '../message.ts'
import { askService, mailbox } from './mailService.ts'

/** Hands a mail to Resend, once however often it is asked within a day: https://resend.com/docs/api-reference/emails/send-email. */
export async function byResend(
  reach: Reach,
  { key, endpoint }: Extract<MailWay, { kind: 'resend' | 'postmark' }>,
  { mail, to, from, headers }: Message,
): Promise<string> {
  const { status, data, words } = await askService(reach, {
    ...{ url: endpoint, to: mail.to, service: 'Resend' },
    headers: { authorization: `Bearer ${key}`, 'idempotency-key': mail.id },
    body: JSON.stringify({
      ...{ from: mailbox(from), to: [to], subject: mail.subject },
      ...{ html: mail.html, text: mail.text, headers },
    }),
  })
  if (status < 300 && typeof data.id === 'string') return `Resend took it as ${data.id}`
  // It was handed over before: ids are of all that a mail tells of, so that no more than its form can be another.
  if (data.name === 'invalid_idempotent_request') return 'Resend took it before'
  if (status === 409 || status < 300) throw new Unavailable(words)
  throw new MailRefused(words)
}
