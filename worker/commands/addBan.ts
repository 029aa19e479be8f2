import type { BanWidth } from '../contract/authorNetworks.ts'
import type { AddedBan, NewBan } from '../contract/bans.ts'
import { dayOf, networkOf } from '../contract/networks.ts'
import { Refusal } from '../http/refusal.ts'
import * as changes from '../store/banChanges.ts'
import * as bans from '../store/bans.ts'
import type { Actor } from '../store/decidedComments.ts'
import { latestAddress } from '../store/networks.ts'
import { siteOfThing } from '../store/siteOfThing.ts'
import * as sites from '../store/sites.ts'
import { type BanDoubt, bannable, doubtAbout } from './bannable.ts'
import type { World } from './world.ts'

/**
 * Keeps somebody out of a site. Where they are kept out already, that ban is extended: it never ends earlier, and keeps
 * its reason unless another is given.
 *
 * @throws Refusal as `newBan` does
 */
export async function addBan(world: World, { ban, actor }: { ban: NewBan; actor: Actor }): Promise<AddedBan> {
  const { made, replaced } = await banToPlace(world, ban)
  await changes.place(world.db, made, { actor, at: world.now })
  return { ...bans.banOf(made), replaced: replaced && bans.banOf(replaced) }
}

/**
 * The ban that is to stand, and the one that it extends.
 *
 * @throws Refusal `unknown_site`, `not_found` for an author who is not of that site, or `invalid` for a value that is none of its kind, an end that is past, a network
 * that is not known, or a range so wide that it has to be confirmed
 */
export async function banToPlace(
  world: World,
  ban: NewBan,
): Promise<{ made: bans.BanRow; replaced: bans.BanRow | null }> {
  const { db, now } = world
  const { siteId, kind } = ban
  const value = bannable(kind, ban.value)
  const until = ban.until ?? null
  if ((until ?? Number.POSITIVE_INFINITY) <= now)
    throw new Refusal('invalid', {
      field: 'until',
      message: 'This time is over. Name a later one, or none for good; to end a ban, remove it.',
    })
  const [site, siteOfAuthor, known, network] = await Promise.all([
    sites.find(db, siteId),
    kind === 'author' ? siteOfThing(db, 'author', value) : null,
    bans.standing(db, { siteId, kind, value }),
    ban.network ? networkOfDay(world, { ...ban, value }, ban.network) : null,
  ])
  if (!site) throw new Refusal('unknown_site', { field: 'siteId' })
  refuseUnmeant(ban, value, site.origins)
  if (kind === 'author' && siteOfAuthor !== siteId)
    throw new Refusal('not_found', {
      field: 'value',
      message: 'No author of this site has this id.',
    })
  const replaced = known && (known.until === null || known.until > now) ? known : null
  const made: bans.BanRow = {
    ...{ id: crypto.randomUUID(), site_id: siteId, kind, value, created_at: now, ended_at: null },
    until: replaced ? later(replaced.until, until) : until,
    reason: ban.reason || (replaced?.reason ?? null),
    network: network?.hash ?? replaced?.network ?? null,
    network_until: network?.until ?? replaced?.network_until ?? null,
    replaces: known?.id ?? null,
  }
  return { made, replaced }
}

/** The later of two ends, where null is never. */
const later = (one: number | null, other: number | null) =>
  one === null || other === null ? null : Math.max(one, other)

function refuseUnmeant({ kind, confirm }: NewBan, value: string, origins: string[]): void {
  const doubt = confirm ? null : doubtAbout(kind, value, origins)
  if (!doubt) return
  throw new Refusal('invalid', {
    field: 'confirm',
    message: `${doubts[doubt]} Send \`confirm: true\` if you mean it.`,
  })
}

const doubts: Record<BanDoubt, string> = {
  suffix: 'Very many have sites below this domain: comments with links to any of them would be refused.',
  own: 'This is the site’s own domain: comments with links to its own pages would be refused.',
  wide: 'This range holds more addresses than a provider gives to a place: very many would be kept out.',
  private:
    'These are addresses of a private network. Readers may come from one that is a proxy’s: then all are kept out.',
}

/** Where an author wrote from today, until their ban or the day ends: then no hash is like it any more. */
async function networkOfDay(
  { db, now }: World,
  { siteId, kind, value, until }: NewBan,
  width: BanWidth,
): Promise<{ hash: string; until: number }> {
  const { start, end } = dayOf(now)
  const address = kind === 'author' ? await latestAddress(db, siteId, value, start) : null
  if (address === null)
    throw new Refusal('invalid', {
      field: 'network',
      message: 'It is not known from which network they wrote today. Ban the author alone.',
    })
  return { hash: width === 'address' ? address : networkOf(address), until: Math.min(until ?? end, end) }
}
