import { Refusal } from '../http/refusal.ts'
import { endAddresses } from '../mail/endAddress.ts'
import { type Told, toldOfMails } from '../mail/events/events.ts'
import type { World } from './world.ts'

/**
 * Takes what a service tells of mails: addresses that bounced, or whose readers complained, get none from then on.
 *
 * @throws Refusal `not_found` for a service that this instance does not hear, `unauthorized` where it is not that one
 */
export async function takeMailEvents({ env, now }: World, told: Told): Promise<void> {
  const heard = await toldOfMails(env, told, now)
  if (heard === 'unknown') throw new Refusal('not_found')
  if (heard === 'forged')
    throw new Refusal('unauthorized', { message: 'This is not signed as MAIL_EVENTS says, or too old.' })
  for (const [why, some] of Map.groupBy(heard, (one) => one.why)) {
    const addresses = some.map(({ address }) => address)
    await endAddresses(env, addresses, { why, at: now })
  }
}
