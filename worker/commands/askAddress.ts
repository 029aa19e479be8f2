import type { Identity } from '../access/identity.ts'
import { maskedAddress } from '../contract/mailAddress.ts'
import { spoken } from '../http/language.ts'
import { Refusal } from '../http/refusal.ts'
import { letterToStaff } from '../notify/staffLetter.ts'
import { addDeliveries } from '../store/outbox.ts'
import * as staffMail from '../store/staffMail.ts'
import type { World } from './world.ts'

/**
 * Has an address that somebody typed asked whether it is theirs. Until it is confirmed nothing else is sent there.
 *
 * @throws Refusal `rate_limited` after too many of them within a day
 */
export async function askAddress(
  { db, now, languages = [] }: World,
  { by, address }: { by: Pick<Identity, 'id' | 'locale'>; address: string },
): Promise<void> {
  const to = { id: by.id, shown: maskedAddress(address) }
  const details = { locale: spoken([by.locale, ...languages]) }
  const letter = letterToStaff('staff.address', { subject: `address ${by.id}`, to, details, now })
  if (
    await staffMail.ask(db, { staffId: by.id, address, now }, (done) => [
      addDeliveries(db, [{ ...letter }], done),
    ])
  )
    return
  throw new Refusal('rate_limited', {
    field: 'address',
    message: `You had ${staffMail.mostAsks} addresses asked within a day. Look for the mails that were sent, or try again tomorrow.`,
    retryAfter: 86_400,
  })
}
