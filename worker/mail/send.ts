import { blockReasons } from '../contract/notifications.ts'
import type { Env } from '../env.ts'
import { unlessLate } from '../outside/breaker.ts'
import { mainDatabase } from '../store/database.ts'
import { type BlockReason, block, reasonOf, unblock } from '../store/mailBlocks.ts'
import { addressHash } from './addressHash.ts'
import { endAddresses } from './endAddress.ts'
import { AddressRefused, type Mail } from './mail.ts'
import { type Message, messageOf } from './message.ts'
import type { MailSettings } from './settings.ts'
import { byCloudflare } from './transports/cloudflare.ts'
import { toFile } from './transports/file.ts'
import { byPostmark } from './transports/postmark.ts'
import { byResend } from './transports/resend.ts'
import { bySes } from './transports/ses.ts'
import { bySmtp } from './transports/smtp.ts'

/**
 * Sends a mail; see `sendMail`. A reader's address that takes none is left alone from then on. Of one of staff it is noted,
 * until it takes a mail again.
 */
export async function send(env: Env, mail: Mail, settings: MailSettings): Promise<string> {
  const message = messageOf(mail, settings.from)
  const db = mainDatabase(env)
  const hash = await addressHash(env, mail.to)
  const known = await reasonOf(db, hash)
  if (known && !despite(mail).includes(known))
    throw new AddressRefused('nothing is sent to this address any more')
  try {
    const answer = await unlessLate(serverOf(settings), () => handOver(env, message, settings))
    if (mail.staff && known === 'refused') await unblock(db, hash, ['refused'])
    return answer
  } catch (error) {
    if (!(error instanceof AddressRefused)) throw error
    const refused = { why: 'refused', at: Date.now() } as const
    await (mail.staff
      ? block(db, [hash], refused)
      : endAddresses(env, [mail.to], { ...refused, but: mail.subscriberId }))
    throw error
  }
}

/** What is known of an address and does not keep a mail from it. Nothing goes to who complained, but what they ask for. */
const despite = ({ asks, asksAgain, staff }: Mail): readonly BlockReason[] =>
  asksAgain ? blockReasons : asks ? ['bounced', 'refused'] : staff ? ['refused'] : []

/** Who takes the mails: one that lets all wait is left alone for a while, so that whatever else is to be done goes on. */
const serverOf = ({ way }: MailSettings) =>
  way.kind === 'smtp' ? `mail by ${way.host}:${way.port}` : `mail by ${way.kind}`

function handOver(env: Env, message: Message, { way }: MailSettings): Promise<string> {
  switch (way.kind) {
    case 'file':
      return toFile(env, message)
    case 'smtp':
      return bySmtp(way, message)
    case 'cloudflare':
      return byCloudflare(env, message)
    case 'resend':
      return byResend(env, way, message)
    case 'postmark':
      return byPostmark(env, way, message)
    case 'ses':
      return bySes(env, way, message)
  }
}
