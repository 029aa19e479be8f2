import type { World } from '../commands/world.ts'
import { isWithin } from '../contract/ipAddress.ts'
import { datedHash, hashWithin, isShared, type Network } from '../contract/networks.ts'
import { hmac, randomToken } from '../crypto.ts'
import { rangesAround } from '../http/address.ts'
import { Refusal } from '../http/refusal.ts'
import type * as authors from '../store/authors.ts'
import { bansInForce, networkBans } from '../store/bansInForce.ts'
import { dailySecret } from '../store/retention.ts'

/** Where something is sent from. */
export interface Source {
  /** The narrowest first; none where a program sends it. */
  networks: Network[]
  /** What they are known by; null where none is known or many share the address. */
  hashes: NetworkHashes | null
}

/** Who sends what readers and authors may send, known by the token that they bring or by none. */
export interface Sender extends Source {
  token: string | null
  /** Of the token. */
  hash: string | null
  /** Who wrote with that token before. */
  author: authors.Author | null
}

/** What networks may be known by: HMACs under a secret that exists for a day only. */
export interface NetworkHashes {
  /** Of the address, for IPv6 its /64; it begins with that of the network. */
  address: string
  /** Of what one customer is given: the address, for IPv6 its /56. */
  customer: string
  /** Of the widest: the /24, for IPv6 the /48. */
  network: string
}

/** Letters of a hash: 132 bits tell networks apart. */
const hashLength = 22

/** Where a request is sent from, by its networks. */
export const sourceOf = async (world: World, networks: Network[]): Promise<Source> => ({
  networks,
  hashes: await networkHashes(world, networks),
})

async function networkHashes({ db, now }: World, networks: Network[]): Promise<NetworkHashes | null> {
  const [address, ...wider] = networks
  if (!address || isShared(address.name)) return null
  const hash = await hashing(db, now)
  const network = wider.at(-1) ?? address
  const customer = wider.find(({ width }) => width === 'subnet') ?? address
  const [ofAddress, ofCustomer, undated] = await Promise.all([hash(address), hash(customer), hash(network)])
  const ofNetwork = datedHash(undated, now)
  return { address: hashWithin(ofNetwork, ofAddress), customer: ofCustomer, network: ofNetwork }
}

/** How the name of a network is hashed on a day. */
export async function hashing(db: World['db'], now: number): Promise<(network: Network) => Promise<string>> {
  const secret = await dailySecret(db, new Date(now).toISOString().slice(0, 10), randomToken())
  return async ({ name }) => (await hmac(secret, name)).slice(0, hashLength)
}

/** A ban by its end; null for good. */
interface Exclusion {
  until: number | null
}

/** The ban that keeps somebody out of a site, or null. @param author their public id, where they have one */
export async function banOf(
  { db, now }: World,
  siteId: string,
  { author, networks: [narrowest], hashes }: Source & { author: string | null },
): Promise<Exclusion | null> {
  const [bans, ofNetworks] = await Promise.all([
    bansInForce(
      db,
      siteId,
      [
        ...(author === null ? [] : [{ kind: 'author' as const, value: author }]),
        ...rangesAround(narrowest?.name ?? '').map((value) => ({ kind: 'address' as const, value })),
      ],
      now,
    ),
    hashes ? networkBans(db, siteId, [hashes.address, hashes.network], now) : [],
  ])
  const named = bans.find(({ kind, value }) =>
    kind === 'author' ? value === author : narrowest !== undefined && isWithin(narrowest.name, value),
  )
  return named ?? ofNetworks[0] ?? null
}

/** Refuses who is banned. @throws Refusal `banned` */
export function refuseBanned(ban: Exclusion | null): void {
  if (!ban) return
  const until = ban.until === null ? '' : ` until ${new Date(ban.until).toISOString()}`
  throw new Refusal('banned', { message: `You can’t post here${until}.` })
}
