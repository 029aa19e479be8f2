import type { Identity } from '../access/identity.ts'
import { Refusal } from '../http/refusal.ts'
import * as connectedAccounts from '../store/connectedAccounts.ts'
import type { World } from './world.ts'

/**
 * Ends that somebody signs in by an account elsewhere; sessions that it began go on.
 *
 * @param nameOf what a provider is called
 * @throws Refusal `not_found`
 */
export async function disconnectAccount(
  { db, now }: World,
  { id, by, nameOf }: { id: string; by: Identity; nameOf: (provider: string) => string },
): Promise<void> {
  const account = (await connectedAccounts.list(db, by.id)).find((one) => one.id === id)
  if (!account) throw new Refusal('not_found')
  const name = nameOf(account.provider)
  if (!(await connectedAccounts.remove(db, { id, name, actor: by, now }))) throw new Refusal('not_found')
}
