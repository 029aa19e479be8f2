import type { MailWay } from '../../contract/mailWay.ts'
import { type Reach, Unavailable } from '../../outside/exchange.ts'
import { AddressRefused, MailRefused } from '../mail.ts'
import type { Message } from '../message.ts'
import { askService, mailbox } from './mailService.ts'

/** Of https://postmarkapp.com/developer/api/overview#error-codes: the recipient bounced or complained; the mail is malformed. */
const inactive = 406
const malformed = [300, 402, 403]

/** Hands a mail to Postmark, which keeps its Message-ID. */
export async function byPostmark(
  reach: Reach,
  { key, endpoint }: Extract<MailWay, { kind: 'resend' | 'postmark' }>,
  { mail, to, from, messageId, headers }: Message,
): Promise<string> {
  const all = { ...headers, 'Message-ID': messageId, 'X-PM-KeepID': 'true' }
  const { status, data, words } = await askService(reach, {
    ...{ url: endpoint, to: mail.to, service: 'Postmark', headers: { 'x-postmark-server-token': key } },
    body: JSON.stringify({
      ...{
        From: mailbox(from),
        To: to,
        Subject: mail.subject,
        HtmlBody: mail.html,
        TextBody: mail.text,
      },
      Headers: Object.entries(all).map(([Name, Value]) => ({ Name, Value })),
      ...{ MessageStream: 'outbound', TrackOpens: false, TrackLinks: 'None' },
    }),
  })
  if (status < 300 && typeof data.MessageID === 'string') return `Postmark took it as ${data.MessageID}`
  if (data.ErrorCode === inactive) throw new AddressRefused(words)
  throw malformed.includes(data.ErrorCode as number) ? new MailRefused(words) : new Unavailable(words)
}
