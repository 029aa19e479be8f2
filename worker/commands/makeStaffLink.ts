import type { Identity } from '../access/identity.ts'
import { Refusal } from '../http/refusal.ts'
import * as staffChanges from '../store/staffChanges.ts'
import type { Invitation } from './inviteStaff.ts'
import { about, changeable, newLink, placesOf, refusalOf, requireGiving } from './people.ts'
import type { World } from './world.ts'

/**
 * Makes a link for somebody to sign in by; those that were made before end. Whoever has a link can sign in as them, and
 * may stay so for long: so an owner of some sites makes one only for who never signed in.
 *
 * @throws Refusal `not_found`, `forbidden`, or `account_removed` for who was removed meanwhile
 */
export async function makeStaffLink(
  world: World,
  { id, by }: { id: string; by: Identity },
): Promise<Invitation> {
  const { db, now } = world
  const person = await changeable(world, { id, by })
  await requireGiving(world, { sites: person.sites, by })
  if (by.sites !== '*' && person.seenAt !== null)
    throw new Refusal('forbidden', {
      message: 'They have signed in before. An owner of all sites can make another link for them.',
    })
  const { token, link } = await newLink(id, now)
  const events = placesOf(person.sites).map((siteId) => ({
    ...about(person, { by, now }),
    ...{ act: 'staff.link' as const, siteId },
  }))
  if (!(await staffChanges.replaceLinks(db, { link, by: by.person?.id ?? null }, events)))
    throw await refusalOf(world, by, new Refusal('not_found'))
  return { id, token, expiresAt: link.expiresAt }
}
