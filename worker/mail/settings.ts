import { type MailWay, mailWayOf, type Sender, senderOf } from '../contract/mailWay.ts'
import type { Env } from '../env.ts'

/** How this instance sends mail, and as whom. */
export interface MailSettings {
  way: MailWay
  from: Sender
}

/** Null where it sends none, or its variables are none that it could: `requireConfigured` tells which. */
export function mailSettings({ MAIL, MAIL_FROM, MAIL_FOLDER, SEND_MAIL }: Env): MailSettings | null {
  if (!MAIL || !MAIL_FROM) return null
  const way = mailWayOf(MAIL)
  const from = senderOf(MAIL_FROM)
  if ('wrong' in way || !from) return null
  if (way.kind === 'file' && !MAIL_FOLDER) return null
  if (way.kind === 'cloudflare' && !SEND_MAIL) return null
  return { way, from }
}
