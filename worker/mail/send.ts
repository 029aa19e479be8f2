import type { Env } from '../env.ts'
import { mainDatabase } from '../store/database.ts'
import { endAddress, isBlocked } from '../store/mailBlocks.ts'
import { addressHash } from './addressHash.ts'
import { AddressRefused, type Mail, MailRefused } from './mail.ts'
import { type Message, messageOf } from './message.ts'
import type { MailSettings } from './settings.ts'
import { toFile } from './transports/file.ts'
import { bySmtp } from './transports/smtp.ts'

/** Sends a mail; see `sendMail`. An address that takes none is left alone from then on. */
export async function send(env: Env, mail: Mail, settings: MailSettings): Promise<string> {
  const message = messageOf(mail, settings.from)
  const db = mainDatabase(env)
  const hash = await addressHash(env, mail.to)
  if (await isBlocked(db, hash)) throw new MailRefused('nothing is sent to this address any more')
  try {
    return await handOver(env, message, settings)
  } catch (error) {
    if (error instanceof AddressRefused) await endAddress(db, hash, { why: 'refused', at: Date.now() })
    throw error
  }
}

function handOver(env: Env, message: Message, { way }: MailSettings): Promise<string> {
  if (way.kind === 'file') return toFile(env, message)
  if (way.kind === 'smtp') return bySmtp(way, message)
  throw new MailRefused('not yet')
}
