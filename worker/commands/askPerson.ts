import * as v from 'valibot'
import { mailAddress } from '../contract/mailAddress.ts'
import { addressHash } from '../mail/addressHash.ts'
import { proofRow } from '../notify/readerProof.ts'
import { addressesLike } from '../queries/ownPerson.ts'
import { everyDatabase } from '../store/database.ts'
import { askProof, traceOf } from '../store/personTraces.ts'
import type { World } from './world.ts'

/**
 * Has a link mailed to an address that something is kept of here, to what that is. Where nothing is, nothing happens, and
 * nobody learns which.
 *
 * @param typed what somebody typed for their address
 * @param locale BCP 47
 */
export async function askPerson(
  { env, now }: World,
  { typed, locale }: { typed: string; locale: string },
): Promise<void> {
  const sendable = v.safeParse(mailAddress, typed)
  if (!sendable.success) return
  const hash = await addressHash(env, sendable.output)
  const addresses = addressesLike(typed)
  for (const db of everyDatabase(env)) {
    const trace = await traceOf(db, { addresses, hashes: [hash] })
    if (!trace) continue
    await askProof(db, { address: hash, letter: proofRow(trace, { locale, now }) })
    return
  }
}
