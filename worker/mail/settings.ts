import { type MailWay, mailWayOf, type Sender, senderOf, senderTakes } from '../contract/mailWay.ts'
import type { Env } from '../env.ts'

/** How this instance sends mail, and as whom. */
export interface MailSettings {
  way: MailWay
  from: Sender
}

/** The same, or why it sends none. */
export function mailSetup({
  MAIL,
  MAIL_FROM,
  MAIL_FOLDER,
  SEND_MAIL,
}: Env): MailSettings | { wrong: string } {
  if (!MAIL) return { wrong: 'this instance is not set up to send mail: MAIL is not set' }
  const way = mailWayOf(MAIL)
  if ('wrong' in way) return { wrong: `MAIL ${way.wrong.replace(/^[: ]+/, '')}` }
  const from = senderOf(MAIL_FROM ?? '')
  if (!from) return { wrong: `MAIL_FROM ${senderTakes}` }
  if (way.kind === 'file' && !MAIL_FOLDER) return { wrong: 'MAIL takes file: on one machine only' }
  if (way.kind === 'cloudflare' && !SEND_MAIL)
    return { wrong: 'MAIL is cloudflare:, and nothing is bound as SEND_MAIL: deploy with npm run deploy' }
  return { way, from }
}

/** Null where it sends none. */
export function mailSettings(env: Env): MailSettings | null {
  const setup = mailSetup(env)
  return 'wrong' in setup ? null : setup
}
