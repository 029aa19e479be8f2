import type { Identity } from '../access/identity.ts'
import { includes, sitesOf } from '../access/permissions.ts'
import type { World } from '../commands/world.ts'
import type { MailTrouble } from '../contract/notifications.ts'
import type { Page } from '../contract/page.ts'
import type { Person } from '../contract/staff.ts'
import { iso } from '../store/database.ts'
import * as staffList from '../store/staffList.ts'
import { mailTroubles } from './mailTroubles.ts'

const perPage = 100

/** A page of who has an account for one's sites, by name. @param after the name where the page before ended */
export async function staffPage(
  { env, db, now }: World,
  { by, after }: { by: Identity; after: string },
): Promise<Page<Person>> {
  const found = await staffList.list(db, { siteIds: sitesOf(by), after, limit: perPage + 1, now })
  const items = await peopleFor({ env, now }, by, found.slice(0, perPage))
  return { items, next: found.length > perPage ? (items.at(-1)?.name ?? null) : null }
}

/** Somebody, as who asks sees them. */
export const personOf = async (world: World, by: Identity, person: staffList.Listed): Promise<Person> =>
  (await peopleFor(world, by, [person]))[0] as Person

async function peopleFor(
  { env, now }: Pick<World, 'env' | 'now'>,
  by: Identity,
  people: staffList.Listed[],
): Promise<Person[]> {
  const written = by.sites === '*' ? people : []
  const troubles = await mailTroubles(
    { env },
    written.flatMap(({ id, address }) => (address === null ? [] : [{ id, address }])),
  )
  return people.map((one) => personFor(by, one, { now, trouble: troubles.get(one.id) ?? null }))
}

/**
 * Somebody as those see them who share sites with them: other sites are not told. Who asks was seen now; of others that
 * is noted once an hour.
 *
 * @param now milliseconds since the epoch
 */
const personFor = (
  by: Identity,
  person: staffList.Listed,
  { now, trouble }: { now: number; trouble: MailTrouble | null },
): Person => {
  const { id, name, role, sites, createdAt, seenAt, invitedUntil, address, confirmed } = person
  const isAsking = !by.script && id === by.person?.id
  const shared = sites === '*' || by.sites === '*' ? sites : sites.filter((site) => by.sites.includes(site))
  return {
    ...{ id, name, role, sites: shared, changeable: includes(by, sites) },
    ...{ createdAt: iso(createdAt), seenAt: iso(isAsking ? now : seenAt), invitedUntil: iso(invitedUntil) },
    ...(by.sites === '*' && address !== null && { mail: { address, confirmed: confirmed === 1, trouble } }),
  }
}
