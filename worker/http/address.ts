import { bytesOf, groupsOf } from '../contract/ipAddress.ts'
import { type Network, networksOf } from '../contract/networks.ts'

/**
 * The networks a request counts in, by `CF-Connecting-IP` alone, since the edge sets it and a client can't; see
 * `networksOf`.
 */
export const networksAsking = (request: Request): [Network, ...Network[]] =>
  networksOf(request.headers.get('cf-connecting-ip') ?? '')

/** The narrowest of them, which a request's sender is known by. */
export const addressOf = (request: Request): string => networksAsking(request)[0].name

/** Lengths of the ranges that may be banned, by the bytes of an address. IPv6 addresses count by their /64. */
const lengths: Record<number, { least: number; most: number }> = {
  4: { least: 8, most: 32 },
  16: { least: 16, most: 64 },
}

/** A CIDR range in its one form, or null. */
export function registrableRange(text: string): string | null {
  const [network = '', length, ...rest] = text.trim().split('/')
  const base = bytesOf(network)
  if (!base || rest.length > 0) return null
  const { least, most } = lengths[base.length] as { least: number; most: number }
  const bits = length === undefined ? most : /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN
  return bits >= least && bits <= base.length * 8 ? rangeOf(base, Math.min(bits, most)) : null
}

/** Every range that may be banned and has an address in it, each in its one form; none of what is no address. */
export function rangesAround(address: string): string[] {
  const bytes = bytesOf(address.replace(/::\/64$/, '::'))
  if (!bytes) return []
  const { least, most } = lengths[bytes.length] as { least: number; most: number }
  return Array.from({ length: most - least + 1 }, (_, more) => rangeOf(bytes, least + more))
}

/** The range of so many bits that an address is in. */
function rangeOf(bytes: number[], bits: number): string {
  const base = bytes.map((byte, at) => byte & (0xff << (8 - Math.min(8, Math.max(0, bits - at * 8)))))
  return `${base.length === 4 ? base.join('.') : groupsOf(base)}/${bits}`
}
