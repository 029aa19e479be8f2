import type { Identity } from '../access/identity.ts'
import type { AccountChange } from '../contract/session.ts'
import { Refusal } from '../http/refusal.ts'
import * as accounts from '../store/accounts.ts'
import { about, placesOf, requireOwnLook } from './people.ts'
import type { World } from './world.ts'

/**
 * Writes what somebody says of themselves; what is left out stays.
 *
 * @throws Refusal `not_found` for a script, or `name_taken`
 */
export async function changeAccount(
  world: World,
  { change, by }: { change: AccountChange; by: Identity },
): Promise<Identity> {
  const { db, now } = world
  if (by.sessionId === null)
    throw new Refusal('not_found', {
      message: 'Only somebody who is signed in has an account. An API token has none.',
    })
  const after = { ...by, ...change }
  if (after.name !== by.name) await requireOwnLook(world, after)
  const events =
    after.name === by.name
      ? []
      : placesOf(by.sites === '*' ? '*' : [...by.sites]).map((siteId) => ({
          ...about(after, { by, now }),
          ...{ act: 'staff.rename' as const, siteId, was: by.name },
        }))
  if (!(await accounts.describe(db, after, events))) throw new Refusal('name_taken', { field: 'name' })
  return after
}
