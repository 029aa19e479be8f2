import type { Env } from '../env.ts'
import { Unavailable } from '../outside/exchange.ts'
import type { Mail } from './mail.ts'
import { mailSettings } from './settings.ts'

export { AddressRefused, type Mail, MailRefused, SubscriberRefused } from './mail.ts'

/** Whether this instance can send mail at all. */
export const canMail = (env: Env): boolean => mailSettings(env) !== null

/**
 * Sends a mail in the way that the instance is configured for. Sent again, it is the same mail: with the same Message-ID.
 *
 * @returns what the server answered, in a few words
 * @throws Unavailable to try again later; MailRefused where trying again is no use: AddressRefused where nothing else that is
 * sent to this address will be taken. Readers there are ended by it, but for the mail's subscriber
 */
export async function sendMail(env: Env, mail: Mail): Promise<string> {
  const settings = mailSettings(env)
  if (!settings) throw new Unavailable('this instance sends no mail')
  // Loaded when a mail is sent, so that nothing else has to read it.
  const { send } = await import('./send.ts')
  return send(env, mail, settings)
}
