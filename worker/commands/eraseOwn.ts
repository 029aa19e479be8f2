import { addressHash } from '../mail/addressHash.ts'
import type { OwnPerson } from '../queries/ownPerson.ts'
import { everyDatabase } from '../store/database.ts'
import * as subscribers from '../store/subscribers.ts'
import { eraseAuthor } from './eraseAuthor.ts'
import type { World } from './world.ts'

/**
 * Erases all that a page showed somebody of their address, who has proved that it is theirs, and ends what is told there.
 *
 * @returns whom of which site to work off
 */
export async function eraseOwn(
  world: World,
  { address, authors }: OwnPerson,
): Promise<{ erase: string; site: string }[]> {
  const ids = authors.map(({ id }) => id)
  const actor = { kind: 'author', id: ids[0] ?? '', name: 'author', scope: 'own', sites: '*' } as const
  const { open } = ids.length > 0 ? await eraseAuthor(world, { ids, actor }) : { open: [] }
  const hash = await addressHash(world.env, address)
  await Promise.all(everyDatabase(world.env).map((db) => subscribers.endAddresses(db, [hash])))
  return open.map(({ author, site }) => ({ erase: author, site }))
}
