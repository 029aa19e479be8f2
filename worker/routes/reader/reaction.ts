import { allowOrigin, type Ctx, limitReader } from '../../access/identity.ts'
import { addressHash, refuseBanned, senderOf } from '../../access/sender.ts'
import type { Site } from '../../contract/site.ts'
import { Refusal } from '../../http/refusal.ts'
import { type Target, target } from '../../store/reactions.ts'
import { bansInForce } from '../../store/screening.ts'
import { worldOf } from '../world.ts'

/** Who likes or flags: anyone with a token, whether they ever wrote or not. */
export interface Reader {
  site: Site
  /** The hash of their token. */
  hash: string
  address: string | null
  /** Milliseconds since the epoch. */
  now: number
}

/**
 * The reader who asks, from a page of the site.
 *
 * @throws Refusal `unknown_site`, `wrong_origin`, `unauthorized`, `rate_limited` or `banned`
 */
export async function readerOf(c: Ctx): Promise<Reader> {
  const { site, sender } = await senderOf(c)
  allowOrigin(c, site)
  const { hash, author, address } = sender
  if (!hash) throw new Refusal('unauthorized', { message: 'Send the reader’s token as a bearer.' })
  await limitReader(c, site)
  const world = worldOf(c, site.id)
  const [bans, hashed] = await Promise.all([
    bansInForce(world.db, site.id, ['author', 'address'], world.now),
    addressHash(world, address),
  ])
  refuseBanned(bans, { author: author?.publicId ?? null, address })
  return { site, hash, address: hashed, now: world.now }
}

/**
 * The shown comment of another author that the path names. What readers don't see is told as what is
 * not there.
 *
 * @throws Refusal `not_found`, or `forbidden` for one's own
 */
export async function othersComment(c: Ctx, { site, hash }: Reader): Promise<Target> {
  const id = (c.req.param('id') ?? '').toLowerCase()
  const comment = await target(worldOf(c, site.id).db, site.id, id, hash)
  if (!comment) throw new Refusal('not_found')
  if (comment.own) throw new Refusal('forbidden', { message: 'This comment is your own.' })
  return comment
}
