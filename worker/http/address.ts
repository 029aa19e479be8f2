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
