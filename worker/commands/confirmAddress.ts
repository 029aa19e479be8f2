import { fingerprint } from '../crypto.ts'
import { trustAddress } from '../mail/trustAddress.ts'
import { mainDatabase } from '../store/database.ts'
import * as staff from '../store/staff.ts'
import * as staffMail from '../store/staffMail.ts'
import type { World } from './world.ts'

/** An address that waits to be confirmed, and whose it would be. */
export interface AskedAddress {
  person: staff.Moderator
  address: string
  /** Whether they had confirmed it before. */
  again: boolean
}

/** What a link in a mail to an address leads to; null once that is over, or another address was asked since. */
export async function askedAddress(
  { env, now }: World,
  { parts: [staffId = '', print], expiresAt }: { parts: string[]; expiresAt: number },
): Promise<AskedAddress | null> {
  const db = mainDatabase(env)
  const [person, mail] = await Promise.all([
    staff.find(db, { column: 'id', value: staffId }),
    staffMail.find(db, staffId),
  ])
  if (!person || !mail?.asked || expiresAt <= now || (await fingerprint(mail.asked)) !== print) return null
  return { person, address: mail.asked, again: mail.asked === mail.address }
}

/** Confirms an address. @returns whether it was still asked */
export async function confirmAddress(
  { env }: World,
  { person, address, again }: AskedAddress,
): Promise<boolean> {
  const isConfirmed = await staffMail.confirm(mainDatabase(env), { staffId: person.id, address })
  if (isConfirmed) await trustAddress(env, address, again)
  return isConfirmed
}
