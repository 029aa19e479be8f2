import { bytesOf, groupsOf, isWithin } from './ipAddress.ts'

/** A network that somebody is in, and how wide it is. */
export interface Network {
  width: 'address' | 'subnet' | 'network'
  /** In one spelling. */
  name: string
}

/**
 * The networks of an address, the narrowest first: for IPv6 the /64, what a customer is often given (/56) and what a
 * provider gives to a place (/48, RFC 6177); for IPv4 the address and its /24. An IPv4-mapped address is IPv4. One that
 * tells nothing of who asks is in no other, and what is no address is `unknown`.
 */
export function networksOf(text: string): [Network, ...Network[]] {
  const bytes = bytesOf(text)
  const address = { width: 'address', name: bytes ? nameOf(bytes) : 'unknown' } as const
  if (!bytes || isShared(address.name)) return [address]
  if (bytes.length === 4) return [address, { width: 'network', name: `${bytes.slice(0, 3).join('.')}.0/24` }]
  return [
    address,
    { width: 'subnet', name: `${groupsOf([...bytes.slice(0, 7), 0])}::/56` },
    { width: 'network', name: `${groupsOf(bytes.slice(0, 6))}::/48` },
  ]
}

const nameOf = (bytes: number[]) =>
  bytes.length === 4 ? bytes.join('.') : `${groupsOf(bytes.slice(0, 8))}::/64`

const shared = [
  '127.0.0.0/8',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '169.254.0.0/16',
  '::/64',
  'fc00::/16',
  'fd00::/16',
  'fe80::/16',
]

/** Whether an address tells nothing of who asks: this machine's own, or one behind a proxy nobody named. */
export const isShared = (address: string) =>
  address === 'unknown' || shared.some((range) => isWithin(address, range))

const dayLength = 86_400_000

/** The day (UTC) that a time is in, in milliseconds: as long as one secret hashes addresses; `number` counts from the epoch. */
export function dayOf(now: number): { number: number; start: number; end: number } {
  const number = Math.floor(now / dayLength)
  return { number, start: number * dayLength, end: (number + 1) * dayLength }
}

/** The hash of a network as it is kept: it begins with its day, so that the oldest come first where they are sorted. */
export const datedHash = (hash: string, now: number) => `${dayOf(now).number}-${hash}`

/** The hash of an address, which begins with that of the network around it. */
export const hashWithin = (network: string, address: string) => `${network}.${address}`

/** The hash of the network around an address, by the hash of that. */
export const networkOf = (address: string) => address.split('.')[0] as string
