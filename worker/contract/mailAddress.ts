import * as v from 'valibot'
import { line } from './input.ts'
import { limits } from './limits.ts'

/** One plain mail address as people write it, of any script: no names, groups, routes or literals. */
export const writtenMailAddress = v.pipe(
  line(limits.email),
  v.regex(
    /^[^\s@<>()[\]\\,;:"%]{1,64}@(?=.{1,253}$)[^\s@<>()[\]\\,;:"'%.]{1,63}(\.[^\s@<>()[\]\\,;:"'%.]{1,63})+$/u,
    'invalid',
  ),
)

/** What may stand before the `@` without quotes. Dots may follow each other: some Japanese providers gave such addresses. */
const local = /^[\w!#$&'*+/=?^`{|}~.-]{1,64}$/

/** A name of a host as the network has it. The last label is no number, which would be an IPv4 address. */
const host = /^(?:(?!-)[a-z0-9-]{1,63}(?<!-)\.)+(?=[a-z0-9-]*[a-z])(?!-)[a-z0-9-]{2,63}(?<!-)$/

/**
 * One mail address that mail is sent to, as input: its host in the one form that the network has, `日本語.jp` as
 * `xn--wgv71a119e.jp`; what stands before the `@` is ASCII and stays as it is, since few servers take more.
 */
export const mailAddress = v.pipe(
  writtenMailAddress,
  v.transform(withHostOfNetwork),
  v.check(isSendable, 'invalid'),
)

function withHostOfNetwork(address: string): string {
  const at = address.lastIndexOf('@')
  const name = address.slice(at + 1)
  const url = `http://${name}`
  const isName = !/[/?#]/.test(name) && URL.canParse(url)
  return address.slice(0, at + 1) + (isName ? new URL(url).hostname : '')
}

function isSendable(address: string): boolean {
  const at = address.lastIndexOf('@')
  const name = address.slice(at + 1)
  return (
    address.length <= limits.email &&
    name.length <= 253 &&
    local.test(address.slice(0, at)) &&
    host.test(name)
  )
}

/** An address as it may be shown to others and kept in logs: `j…@example.org`. */
export function maskedAddress(address: string): string {
  const [first = ''] = address
  return `${first}…${address.slice(address.lastIndexOf('@'))}`
}
