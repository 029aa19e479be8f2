import type { Identity } from '../access/identity.ts'
import { Refusal } from '../http/refusal.ts'
import * as staffChanges from '../store/staffChanges.ts'
import { about, changeable, placesOf } from './people.ts'
import type { World } from './world.ts'

/**
 * Removes somebody's account: from now on none of their sessions, API tokens and sign-in links opens anything.
 *
 * @throws Refusal `not_found`, `forbidden` or `last_owner`
 */
export async function removeStaff(world: World, { id, by }: { id: string; by: Identity }): Promise<void> {
  const { db, now } = world
  const person = await changeable(world, { id, by })
  const events = placesOf(person.sites).map((siteId) => ({
    ...about(person, { by, now }),
    ...{ act: 'staff.remove' as const, siteId },
  }))
  if (!(await staffChanges.remove(db, { id, now }, events))) throw new Refusal('last_owner')
}
