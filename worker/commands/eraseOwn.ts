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
  const open = new Map<string, { erase: string; site: string }>()
  for (const { id } of authors) {
    if (open.has(id)) continue
    const actor = { kind: 'author', id, name: 'author', scope: 'own', sites: '*' } as const
    const begun = await eraseAuthor(world, { id, actor })
    for (const { author, site } of begun.open) open.set(author, { erase: author, site })
  }
  const hash = await addressHash(world.env, address)
  await Promise.all(everyDatabase(world.env).map((db) => subscribers.endAddress(db, hash)))
  return [...open.values()]
}
