import type { Ban, BanKind, NewBan } from '../contract/bans.ts'
import { registrableRange } from '../http/address.ts'
import { Refusal } from '../http/refusal.ts'
import { domainOf } from '../moderation/text/domain.ts'
import * as bans from '../store/bans.ts'
import type { Actor } from '../store/decidedComments.ts'
import * as sites from '../store/sites.ts'
import type { World } from './world.ts'

/**
 * Keeps somebody out of a site, or renews a ban that is there.
 *
 * @throws Refusal `unknown_site`, or `invalid` for a value that is none of its kind, or an end that is past
 */
export async function addBan(
  { db, now }: World,
  { ban, actor }: { ban: NewBan; actor: Actor },
): Promise<Ban> {
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
  return bans.add(db, made, actor, now)
}

/** A value in the one form that bans of its kind have, or null when it is none. */
function registered(kind: BanKind, value: string): string | null {
  if (kind === 'author') return /^[0-9a-f]{8,32}$/.test(value) ? value : null
  if (kind === 'address') return registrableRange(value)
  return domainOf(value)
}
