import type { World } from '../commands/world.ts'
import { type AuthorNetworks, mostOthers } from '../contract/authorNetworks.ts'
import { dayOf, networkOf } from '../contract/networks.ts'
import { latestAddress, othersWithin } from '../store/networks.ts'

/** Whom a ban of an author and of where they wrote from today would hit besides. @param author their public id */
export async function authorNetworks(
  { db, now }: World,
  { siteId, author }: { siteId: string; author: string },
): Promise<AuthorNetworks> {
  const day = dayOf(now)
  const until = new Date(day.end).toISOString()
  const address = await latestAddress(db, siteId, author, day.start)
  if (address === null) return { until, others: null }
  const within = (network: string) => othersWithin(db, { siteId, author, network, most: mostOthers })
  const [ofAddress, ofNetwork] = await Promise.all([within(address), within(networkOf(address))])
  return { until, others: { address: ofAddress, network: ofNetwork } }
}
