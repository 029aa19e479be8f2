import type { World } from '../commands/world.ts'
import { isWithin } from '../contract/ipAddress.ts'
import { isShared, type Network } from '../contract/networks.ts'
import { hmac, randomToken } from '../crypto.ts'
import { Refusal } from '../http/refusal.ts'
import type * as authors from '../store/authors.ts'
import type { BanInForce } from '../store/bans.ts'
import { dailySecret } from '../store/retention.ts'

/** Who sends what readers and authors may send, known by the token that they bring or by none. */
export interface Sender {
  token: string | null
  /** Of the token. */
  hash: string | null
  /** Who wrote with that token before. */
  author: authors.Author | null
  /** Where they send from, the narrowest first; none where a program does it for them. */
  networks: Network[]
}

/** What networks may be known by: HMACs under a secret that exists for a day only. */
export interface NetworkHashes {
  /** Of the address, for IPv6 its /64. */
  address: string
  /** Of what one customer is given: the address, for IPv6 its /56. */
  customer: string
  /** Of the widest: the /24, for IPv6 the /48. */
  network: string
}

/** The hashes of somebody's networks; null where none is known or many share the address. */
export async function networkHashes({ db, now }: World, networks: Network[]): Promise<NetworkHashes | null> {
  const [address, ...wider] = networks
  if (!address || isShared(address.name)) return null
  const secret = await dailySecret(db, new Date(now).toISOString().slice(0, 10), randomToken())
  const network = wider.at(-1) ?? address
  const customer = wider.find(({ width }) => width === 'subnet') ?? address
  const [ofAddress, ofCustomer, ofNetwork] = await Promise.all(
    [address, customer, network].map(({ name }) => hmac(secret, name)),
  )
  return { address: ofAddress, customer: ofCustomer, network: ofNetwork } as NetworkHashes
}

/** Refuses a banned author or address. @param author their public id, where they have one */
export function refuseBanned(
  bans: BanInForce[],
  { author, networks: [narrowest] }: { author: string | null; networks: Network[] },
): void {
  const address = narrowest?.name ?? null
  const ban = bans.find(({ kind, value }) =>
    kind === 'author' ? value === author : address !== null && isWithin(address, value),
  )
  if (!ban) return
  const until = ban.until === null ? '' : ` until ${new Date(ban.until).toISOString()}`
  throw new Refusal('banned', { message: `You can’t post here${until}.` })
}
