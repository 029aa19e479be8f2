import { isWithin } from './ipAddress.ts'

/** Ranges that are nobody's on the internet: https://www.iana.org/assignments/iana-ipv4-special-registry. */
const special = `
  0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24
  192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3
`
  .trim()
  .split(/\s+/)

/** Of IPv6 the internet is 2000::/3, without tunnels and translations that may lead to any IPv4 address. */
const internet = '2000::/3'
const specialSix = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']

/** Names that mean something within a network alone; those of one label do so anyway. */
const inner =
  /(?:^|\.)(?:localhost|localdomain|local|internal|intranet|private|corp|home|lan|onion|home\.arpa)$/

/** Where clouds tell their machines' secrets to whoever asks from within. */
const metadata = ['169.254.0.0/16', '100.100.100.200/32', '192.0.0.192/32', 'fe80::/10', 'fd00:ec2::/32']

/** Whether a host is such a place, or link-local. @param hostname as `URL` has it */
export const isMetadataHost = (hostname: string): boolean =>
  /^metadata(?:\.google\.internal)?\.?$/.test(hostname) ||
  metadata.some((range) => isWithin(hostname.replace(/[[\]]/g, ''), range))

/**
 * Whether a host is one that anybody on the internet finds: no name or address of this machine, of its network, or of
 * the cloud it runs in. Pure: it resolves no name, and says nothing of where one leads.
 *
 * @param hostname as `URL` has it, which writes `0x7f.1` and `2130706433` as `127.0.0.1`
 */
export function isPublicHost(hostname: string): boolean {
  if (hostname.startsWith('[')) return isPublicAddress(hostname.slice(1, -1))
  const name = hostname.replace(/\.$/, '').toLowerCase()
  if (/^[\d.]+$/.test(name)) return isPublicAddress(name)
  return name.includes('.') && !name.endsWith('.') && !inner.test(name)
}

/** The same of an IPv4 or IPv6 address; an IPv4-mapped one is the IPv4 address it holds. */
function isPublicAddress(address: string): boolean {
  const isIn = (ranges: string[]) => ranges.some((range) => isWithin(address, range))
  return isWithin(address, '0.0.0.0/0') ? !isIn(special) : isIn([internet]) && !isIn(specialSix)
}
