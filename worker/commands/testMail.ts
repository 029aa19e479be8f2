import type { Language } from '../contract/languages.ts'
import type { MailTest } from '../contract/mail.ts'
import { shownWay } from '../contract/mailWay.ts'
import { blockReasons } from '../contract/notifications.ts'
import { letterOf } from '../letters/letters.ts'
import { addressHash } from '../mail/addressHash.ts'
import { sendMail } from '../mail/mailer.ts'
import { mailSetup } from '../mail/settings.ts'
import { Unavailable } from '../outside/exchange.ts'
import { unblock } from '../store/mailBlocks.ts'
import type { World } from './world.ts'

/** Sends a mail to see whether it arrives, also to an address that was ended. */
export async function testMail(
  { env, db }: World,
  { to, locale }: { to: string; locale: Language },
): Promise<MailTest> {
  const setup = mailSetup(env)
  if ('wrong' in setup) return { sent: false, way: null, from: null, answer: setup.wrong }
  const { way, from } = setup
  const fromName = from.name || 'Hankyo'
  const shown = { way: shownWay(way), from: `${fromName} <${from.address}>` }
  const letter = letterOf('mailTest', {}, { locale }, { name: fromName })
  await unblock(db, await addressHash(env, to), blockReasons)
  try {
    const answer = await sendMail(env, { id: `test.${crypto.randomUUID()}`, to, fromName, locale, ...letter })
    return { sent: true, ...shown, answer }
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error
    return { sent: false, ...shown, answer: error.message }
  }
}
