import type { World } from '../commands/world.ts'
import { bytesOf, groupsOf } from '../contract/ipAddress.ts'
import { datedHash, hashWithin, type Network, networksOf } from '../contract/networks.ts'
import { hashing } from './sender.ts'

/** Networks that are looked at for one range. */
const mostNetworks = 256

/**
 * By what those are known today who write from a range in its one form: hashes of the networks that make it, or of
 * the addresses in it where it is narrower than one. Null where they are too many.
 */
export async function rangeHashes({ db, now }: World, range: string): Promise<string[] | null> {
  const [base = '', length] = range.split('/')
  const bytes = bytesOf(base)
  const bits = Number(length)
  if (!bytes) return null
  const sizes = bytes.length === 4 ? { network: 24, address: 32 } : { network: 48, address: 64 }
  const isWide = bits <= sizes.network
  const count = 2 ** ((isWide ? sizes.network : sizes.address) - bits)
  if (count > mostNetworks) return null
  const hash = await hashing(db, now)
  const known = new Map<string, Promise<string>>()
  const hashOnce = (network: Network) => {
    const made = known.get(network.name) ?? hash(network)
    known.set(network.name, made)
    return made
  }
  return Promise.all(
    Array.from({ length: count }, async (_, number) => {
      const networks = networksOf(addressAt(bytes, number, isWide ? sizes.network : sizes.address))
      const [address] = networks
      const widest = networks.at(-1) ?? address
      const ofNetwork = datedHash(await hashOnce(widest), now)
      return isWide || widest === address ? ofNetwork : hashWithin(ofNetwork, await hashOnce(address))
    }),
  )
}

/** The address so many networks of a length after the first of a range. */
function addressAt(first: number[], number: number, bits: number): string {
  const bytes = [...first]
  for (let at = bits / 8 - 1, left = number; left > 0; at--, left >>= 8)
    bytes[at] = (bytes[at] as number) + (left & 0xff)
  return bytes.length === 4 ? bytes.join('.') : groupsOf(bytes)
}
