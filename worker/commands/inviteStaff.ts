import type { Identity } from '../access/identity.ts'
import type { NewPerson } from '../contract/staff.ts'
import { Refusal } from '../http/refusal.ts'
import * as staffChanges from '../store/staffChanges.ts'
import { about, newLink, placesOf, refusalOf, requireGiving, requireOwnLook } from './people.ts'
import type { World } from './world.ts'

/** A link to sign in by, once. */
export interface Invitation {
  id: string
  token: string
  expiresAt: number
}

/**
 * Gives somebody an account, and a link to sign in by.
 *
 * @throws Refusal `forbidden`, `unknown_site`, `name_taken`, or `account_removed` for who was removed meanwhile
 */
export async function inviteStaff(
  world: World,
  { asked, by }: { asked: NewPerson; by: Identity },
): Promise<Invitation> {
  const { db, now } = world
  const { name, role, sites } = asked
  await requireGiving(world, { sites, by })
  const id = crypto.randomUUID()
  await requireOwnLook(world, { id, name, sites })
  const { token, link } = await newLink(id, now)
  const events = placesOf(sites).map((siteId) => ({
    ...about({ id, name }, { by, now }),
    ...{ act: 'staff.invite' as const, siteId, role },
  }))
  const added = { account: { id, name, role, sites }, link, by: by.person?.id ?? null, now }
  if (!(await staffChanges.add(db, added, events)))
    throw await refusalOf(world, by, new Refusal('name_taken', { field: 'name' }))
  return { id, token, expiresAt: link.expiresAt }
}
