import { AwsV4Signer } from 'aws4fetch'
import { encode } from 'nodemailer/lib/base64'
import type { MailWay } from '../../contract/mailWay.ts'
import { type Reach, Unavailable } from '../../outside/exchange.ts'
import { MailRefused } from '../mail.ts'
import { build, type Message } from '../message.ts'
import { askService } from './mailService.ts'

/** Hands a mail to Amazon SES, as it is: https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html. */
export async function bySes(
  reach: Reach,
  { keyId, key, region, endpoint }: Extract<MailWay, { kind: 'ses' }>,
  message: Message,
): Promise<string> {
  const { to } = message.mail
  const raw = build(message)
  const body = JSON.stringify({
    ...{ FromEmailAddress: message.from.address, Destination: { ToAddresses: [message.to] } },
    Content: { Raw: { Data: encode(raw) } },
  })
  const signer = new AwsV4Signer({
    ...{ method: 'POST', url: endpoint, headers: { 'content-type': 'application/json' }, body },
    ...{ accessKeyId: keyId, secretAccessKey: key, service: 'ses', region },
  })
  const signed = await signer.sign()
  const { status, headers, data, words } = await askService(reach, {
    ...{
      url: endpoint,
      headers: Object.fromEntries(signed.headers as Headers),
      body,
      to,
      service: 'Amazon SES',
    },
  })
  if (status < 300 && typeof data.MessageId === 'string') return `Amazon SES took it as ${data.MessageId}`
  // `MessageRejected` is told of a sender that is not verified, too, and of each recipient while in the sandbox.
  const [kind] = (headers.get('x-amzn-errortype') ?? String(data.__type ?? '')).split(/[:#]/).slice(-1)
  const isOfMail =
    kind === 'BadRequestException' || (kind === 'MessageRejected' && !/not verified/i.test(words))
  throw isOfMail ? new MailRefused(words) : new Unavailable(words)
}
