import type { BanReach } from '../contract/banReach.ts'
import type { BanKind } from '../contract/bans.ts'
import { isWithin } from '../contract/ipAddress.ts'
import { isShared } from '../contract/networks.ts'
import { registrableRange } from '../http/address.ts'
import { Refusal } from '../http/refusal.ts'
import { domainOf } from '../moderation/text/domain.ts'
import { hasManySites } from '../moderation/text/manySites.ts'

/** A value in the one form that bans of its kind have. @throws Refusal `invalid` where it is none of its kind */
export function bannable(kind: BanKind, value: string): string {
  const known = registered(kind, value)
  if (!known) throw new Refusal('invalid', { field: 'value' })
  if (kind === 'address' && ownRanges.some((range) => isWithin(baseOf(known), range)))
    throw new Refusal('invalid', {
      field: 'value',
      message:
        'This is an address of the server’s own machine. A ban of it would keep everybody out or nobody.',
    })
  return known
}

function registered(kind: BanKind, value: string): string | null {
  if (kind === 'author') return /^[0-9a-f]{8,32}$/.test(value) ? value : null
  if (kind === 'address') return registrableRange(value)
  return domainOf(value)
}

/** What only the machine itself is found at. */
const ownRanges = ['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '::/64', 'fe80::/16']

const baseOf = (range: string) => range.split('/')[0] ?? ''

/** The widest ranges that are banned without being asked again. */
const usual = { v4: 16, v6: 32 }

export type BanDoubt = NonNullable<BanReach['doubt']>

/**
 * Why a ban has to be meant: it keeps very many out, or whoever comes through a proxy, or links to the site itself;
 * null where it has not.
 *
 * @param origins the site's
 */
export function doubtAbout(kind: BanKind, value: string, origins: string[]): BanDoubt | null {
  if (kind === 'domain') {
    const isOwn = origins.some((origin) => `.${hostOf(origin)}`.endsWith(`.${value}`))
    return isOwn ? 'own' : hasManySites(value) ? 'suffix' : null
  }
  if (kind !== 'address') return null
  const base = baseOf(value)
  if (isShared(base)) return 'private'
  const bits = Number(value.split('/')[1])
  return bits < (base.includes(':') ? usual.v6 : usual.v4) ? 'wide' : null
}

const hostOf = (origin: string) => /^https?:\/\/([^/:]+)/.exec(origin)?.[1] ?? ''
