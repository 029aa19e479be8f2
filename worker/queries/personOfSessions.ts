import type { Identity } from '../access/identity.ts'
import { includes, may } from '../access/permissions.ts'
import type { World } from '../commands/world.ts'
import { Refusal } from '../http/refusal.ts'
import * as staffList from '../store/staffList.ts'

/**
 * Whose sessions one may see and end: oneself, and whom one may change.
 *
 * @throws Refusal `not_found`
 */
export async function personOfSessions(
  { db, now }: World,
  { staffId, by }: { staffId: string; by: Identity },
): Promise<{ name: string }> {
  if (staffId === by.id) return by
  const person = await staffList.get(db, staffId, now)
  const own = { ...by, sites: '*' as const }
  if (!person || !may(own, 'staff.change', null) || !includes(by, person.sites))
    throw new Refusal('not_found')
  return person
}
