import type { Env } from '../env.ts'
import { type Mail, MailRefused } from './mail.ts'
import { messageOf } from './message.ts'
import type { MailSettings } from './settings.ts'
import { toFile } from './transports/file.ts'

/** Sends a mail; see `sendMail`. */
export async function send(env: Env, mail: Mail, { way, from }: MailSettings): Promise<string> {
  const message = messageOf(mail, from)
  if (way.kind === 'file') return toFile(env, message)
  throw new MailRefused('not yet')
}
