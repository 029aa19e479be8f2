/** Whether an address lies in a CIDR range. Malformed ones lie in none. */
export function isWithin(address: string, range: string): boolean {
  const [network = '', length] = range.split('/')
  const bytes = bytesOf(address.replace(/::\/64$/, '::'))
  const base = bytesOf(network)
  if (!bytes || !base || bytes.length !== base.length) return false
  const bits = length === undefined ? base.length * 8 : Number(length)
  return base.every((byte, index) => {
    const significant = Math.min(8, Math.max(0, bits - index * 8))
    const mask = (0xff << (8 - significant)) & 0xff
    return (byte & mask) === ((bytes[index] as number) & mask)
  })
}

/** The four or sixteen bytes of an address, or null where it is none; an IPv4-mapped one has four. */
export function bytesOf(text: string): number[] | null {
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

/** Bytes as IPv6 writes them. */
export function groupsOf(bytes: number[]): string {
  const groups: string[] = []
  for (let index = 0; index < bytes.length; index += 2)
    groups.push((((bytes[index] as number) << 8) | (bytes[index + 1] as number)).toString(16))
  return groups.join(':')
}
