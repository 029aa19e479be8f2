/**
 * The network address a request counts under: IPv4 as it is, IPv6 by its /64, an IPv4-mapped one
 * as IPv4, anything else `unknown`. Only `CF-Connecting-IP` counts, since the edge sets it and a
 * client can't.
 */
export function addressOf(request: Request): string {
  const address = parse(request.headers.get('cf-connecting-ip') ?? '')
  if (!address) return 'unknown'
  if (address.length === 4) return address.join('.')
  return `${hex(address.slice(0, 8))}::/64`
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

/** Whether an address lies in a CIDR range. Malformed ones lie in none. */
export function isWithin(address: string, range: string): boolean {
  const [network = '', length] = range.split('/')
  const bytes = parse(address.replace(/::\/64$/, '::'))
  const base = parse(network)
  if (!bytes || !base || bytes.length !== base.length) return false
  const bits = length === undefined ? base.length * 8 : Number(length)
  return base.every((byte, index) => {
    const significant = Math.min(8, Math.max(0, bits - index * 8))
    const mask = (0xff << (8 - significant)) & 0xff
    return (byte & mask) === ((bytes[index] as number) & mask)
  })
}

/** A CIDR range in its one form, or null. IPv6 ranges are no narrower than /64, as addresses count by it. */
export function registrableRange(text: string): string | null {
  const [network = '', length, ...rest] = text.trim().split('/')
  const base = parse(network)
  if (!base || rest.length > 0) return null
  const most = base.length === 4 ? 32 : 64
  const bits = length === undefined ? most : /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN
  if (!(bits >= (base.length === 4 ? 8 : 16) && bits <= base.length * 8)) return null
  const kept = Math.min(bits, most)
  return `${base.length === 4 ? base.join('.') : hex(base)}/${kept}`
}

function parse(text: string): number[] | null {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) {
    const bytes = text.split('.').map(Number)
    return bytes.every((byte) => byte <= 255) ? bytes : null
  }
  if (!text.includes(':') || !URL.canParse(`http://[${text}]/`)) return null
  const [head = '', tail] = new URL(`http://[${text}]/`).hostname.slice(1, -1).split('::')
  const groups = (part: string) =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16))
  const left = groups(head)
  const right = tail === undefined ? [] : groups(tail)
  const all = [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right]
  const bytes = all.flatMap((group) => [group >> 8, group & 0xff])
  const mapped = all.slice(0, 5).every((group) => group === 0) && all[5] === 0xffff
  return mapped ? bytes.slice(12) : bytes
}

function hex(bytes: number[]): string {
  const groups: string[] = []
  for (let index = 0; index < bytes.length; index += 2)
    groups.push((((bytes[index] as number) << 8) | (bytes[index + 1] as number)).toString(16))
  return groups.join(':')
}
