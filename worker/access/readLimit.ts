import { isShared, type Network } from '../contract/networks.ts'
import { networksAsking } from '../http/address.ts'
import { Refusal } from '../http/refusal.ts'
import { type Ctx, identify } from './identity.ts'
import { isOff } from './limits.ts'

/** Reads that a network may have from the database in a minute. An office or a provider's customers share one. */
const most: Record<Network['width'], number> = { address: 300, subnet: 300, network: 600 }

const minute = 60_000

/** So many networks are told apart at once. */
const mostNetworks = 20_000

/** What networks read in this minute, by name. It is in memory, since a row written for each read would cost more than most. */
export class ReadCounts {
  private readonly counts = new Map<string, number>()
  private begun = 0

  /** Counts a read, unless one of the networks, the narrowest first, has had all of its own. */
  take(networks: Network[], now: number): boolean {
    const begun = now - (now % minute)
    if (begun !== this.begun || this.counts.size > mostNetworks) this.counts.clear()
    this.begun = begun
    return networks.every(({ width, name }) => {
      const taken = this.counts.get(name) ?? 0
      if (taken < most[width]) this.counts.set(name, taken + 1)
      return taken < most[width]
    })
  }
}

export const readCounts = new ReadCounts()

/**
 * Counts what a reader has read for them alone, against the networks that they ask from; to be called before the
 * database is read for an answer that no cache has. Staff may read on, and so may those of whom the address says nothing.
 *
 * @throws Refusal `rate_limited`
 */
export async function limitReads(c: Ctx): Promise<void> {
  if (isOff(c)) return
  const networks = networksAsking(c.req.raw)
  const now = Date.now()
  if (isShared(networks[0].name) || readCounts.take(networks, now)) return
  if (await identify(c, now)) return
  throw new Refusal('rate_limited', {
    message: 'Too much was read from your network in a short time. Wait a little, then try again.',
    retryAfter: Math.ceil((minute - (now % minute)) / 1000),
  })
}
