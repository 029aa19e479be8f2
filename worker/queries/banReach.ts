import { rangeHashes } from '../access/rangeHashes.ts'
import type { World } from '../commands/world.ts'
import { type BanReach, mostReached } from '../contract/banReach.ts'
import { dayOf } from '../contract/networks.ts'
import * as reach from '../store/banReach.ts'
import * as bans from '../store/bans.ts'

/** Whom a ban would hit of those who wrote today, and the one that it would extend. */
export async function banReach(
  world: World,
  banned: bans.Banned,
): Promise<Pick<BanReach, 'today' | 'replaces'>> {
  const { db, now } = world
  const asked = { ...banned, since: dayOf(now).start, most: mostReached }
  const counting = async () => {
    if (banned.kind === 'author') return reach.ofAuthor(db, asked)
    if (banned.kind === 'domain') return reach.ofHost(db, asked)
    const hashes = await rangeHashes(world, banned.value)
    return hashes && reach.ofNetworks(db, hashes, asked)
  }
  const [today, known] = await Promise.all([counting(), bans.standing(db, banned)])
  const isOver = known !== null && known.until !== null && known.until <= now
  return { today, replaces: known && !isOver ? bans.banOf(known) : null }
}
