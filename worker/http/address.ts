import { bytesOf, groupsOf, isWithin } from '../contract/ipAddress.ts'

/**
 * The network address a request counts under: IPv4 as it is, IPv6 by its /64, an IPv4-mapped one
 * as IPv4, anything else `unknown`. Only `CF-Connecting-IP` counts, since the edge sets it and a
 * client can't.
 */
export function addressOf(request: Request): string {
  const address = bytesOf(request.headers.get('cf-connecting-ip') ?? '')
  if (!address) return 'unknown'
  if (address.length === 4) return address.join('.')
  return `${groupsOf(address.slice(0, 8))}::/64`
}

/** How wide a network is that a request counts in. */
export type Width = 'address' | 'subnet' | 'network'

/**
 * The networks that a request counts in, the narrowest first, each in one spelling: for IPv6 the /64, what a customer is
 * often given (/56) and what a provider gives to a place (/48, RFC 6177); for IPv4 the address and its /24. An address
 * that tells nothing of who asks counts alone.
 */
export function networksOf(request: Request): { width: Width; network: string }[] {
  const address = addressOf(request)
  const own = { width: 'address', network: address } as const
  const bytes = bytesOf(address.replace(/::\/64$/, '::'))
  if (!bytes || isShared(address)) return [own]
  if (bytes.length === 4) return [own, { width: 'network', network: `${bytes.slice(0, 3).join('.')}.0/24` }]
  const site = bytes.slice(0, 6)
  return [
    own,
    { width: 'subnet', network: `${groupsOf([...bytes.slice(0, 7), 0])}::/56` },
    { width: 'network', network: `${groupsOf(site)}::/48` },
  ]
}

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

/** A CIDR range in its one form, or null. IPv6 ranges are no narrower than /64, as addresses count by it. */
export function registrableRange(text: string): string | null {
  const [network = '', length, ...rest] = text.trim().split('/')
  const base = bytesOf(network)
  if (!base || rest.length > 0) return null
  const most = base.length === 4 ? 32 : 64
  const bits = length === undefined ? most : /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN
  if (!(bits >= (base.length === 4 ? 8 : 16) && bits <= base.length * 8)) return null
  const kept = Math.min(bits, most)
  return `${base.length === 4 ? base.join('.') : groupsOf(base)}/${kept}`
}
