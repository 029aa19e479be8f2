import type { BanWidth } from '../contract/authorNetworks.ts'
import type { Ban, BanKind, NewBan } from '../contract/bans.ts'
import { dayOf, networkOf } from '../contract/networks.ts'
import { registrableRange } from '../http/address.ts'
import { Refusal } from '../http/refusal.ts'
import { domainOf } from '../moderation/text/domain.ts'
import * as bans from '../store/bans.ts'
import type { Actor } from '../store/decidedComments.ts'
import { latestAddress } from '../store/networks.ts'
import * as sites from '../store/sites.ts'
import type { World } from './world.ts'

/**
 * Keeps somebody out of a site, or renews a ban that is there.
 *
 * @throws Refusal `unknown_site`, or `invalid` for a value that is none of its kind, an end that is past, or a network
 * that is not known
 */
export async function addBan(world: World, { ban, actor }: { ban: NewBan; actor: Actor }): Promise<Ban> {
  const { db, now } = world
  if (!(await sites.find(db, ban.siteId))) throw new Refusal('unknown_site', { field: 'siteId' })
  const value = registered(ban.kind, ban.value)
  if (!value) throw new Refusal('invalid', { field: 'value' })
  const { siteId, kind, until, reason } = ban
  if ((until ?? Number.POSITIVE_INFINITY) <= now)
    throw new Refusal('invalid', {
      field: 'until',
      message: 'This time is over. Name a later one, or none for good; to end a ban, remove it.',
    })
  const made = { id: crypto.randomUUID(), siteId, kind, value, until: until ?? null, reason: reason || null }
  const network = ban.network ? await networkOfDay(world, made, ban.network) : null
  return bans.add(db, { ...made, network }, actor, now)
}

/** Where an author wrote from today, until their ban or the day ends: then no hash is like it any more. */
async function networkOfDay(
  { db, now }: World,
  { siteId, kind, value, until }: Omit<bans.NewBan, 'network'>,
  width: BanWidth,
): Promise<bans.NewBan['network']> {
  const { start, end } = dayOf(now)
  const address = kind === 'author' ? await latestAddress(db, siteId, value, start) : null
  if (address === null)
    throw new Refusal('invalid', {
      field: 'network',
      message: 'It is not known from which network they wrote today. Ban the author alone.',
    })
  return { hash: width === 'address' ? address : networkOf(address), until: Math.min(until ?? end, end) }
}

/** A value in the one form that bans of its kind have, or null when it is none. */
function registered(kind: BanKind, value: string): string | null {
  if (kind === 'author') return /^[0-9a-f]{8,32}$/.test(value) ? value : null
  if (kind === 'address') return registrableRange(value)
  return domainOf(value)
}
