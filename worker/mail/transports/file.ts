import type { Env } from '../../env.ts'
import { Unavailable } from '../../outside/exchange.ts'
import { build, type Message } from '../message.ts'

/** Writes the mail into the data folder, as `mail/ID.eml`: what is sent again is written over. */
export async function toFile({ MAIL_FOLDER }: Env, message: Message): Promise<string> {
  const name = `${message.mail.id}.eml`
  const { ok, status } = await (MAIL_FOLDER as NonNullable<typeof MAIL_FOLDER>).fetch(`http://mail/${name}`, {
    method: 'PUT',
    body: build(message),
  })
  if (!ok) throw new Unavailable(`the file could not be written (${status})`)
  return `written to mail/${name}`
}
