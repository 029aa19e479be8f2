import type { Identity } from '../access/identity.ts'
import { sitesOf } from '../access/permissions.ts'
import type { World } from '../commands/world.ts'
import type { Session } from '../contract/session.ts'
import { iso } from '../store/database.ts'
import { everySite } from './everySite.ts'

/** Who somebody of the staff is, with the sites that are theirs. */
export async function sessionOf(world: World, identity: Identity): Promise<Session> {
  const { id, name, role, sites, locale, timeZone, expiresAt } = identity
  const theirs = await everySite(world, sitesOf(identity))
  return {
    moderator: { id, name, role, everySite: sites === '*', locale, timeZone },
    expiresAt: iso(expiresAt),
    sites: theirs.map(({ id, name, locale, policy, archivedAt }) => ({
      ...{ id, name, locale, policy },
      ...(archivedAt !== null && { archived: true as const }),
    })),
  }
}
