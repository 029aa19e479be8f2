import { networkHashes, refuseBanned, type Sender } from '../access/sender.ts'
import type { Site } from '../contract/site.ts'
import { Refusal } from '../http/refusal.ts'
import { bansInForce } from '../store/bans.ts'
import { type Reader, type Target, target } from '../store/reactions.ts'
import type { World } from './world.ts'

/** What a reader thinks of a comment: anyone with a token, whether they ever wrote or not. */
export interface Reaction {
  site: Site
  sender: Sender & { hash: string }
  /** The comment's. */
  id: string
}

/** A comment and its reader, as likes and flags know them. */
interface Reacting {
  comment: Target
  reader: Reader
}

/**
 * The shown comment of another author. What readers don't see is told as what is not there.
 *
 * @throws Refusal `banned`, `not_found`, or `forbidden` for one's own
 */
export async function reacting(world: World, { site, sender, id }: Reaction): Promise<Reacting> {
  const { db, now } = world
  const [bans, comment, hashes] = await Promise.all([
    bansInForce(db, site.id, ['author', 'address'], now),
    target(db, site.id, id, sender.hash),
    networkHashes(world, sender.networks),
  ])
  refuseBanned(bans, { author: sender.author?.publicId ?? null, networks: sender.networks })
  if (!comment) throw new Refusal('not_found')
  if (comment.own) throw new Refusal('forbidden', { message: 'This comment is your own.' })
  const reader = {
    hash: sender.hash,
    known: sender.author !== null && sender.author.vouched > 0,
    customer: hashes?.customer ?? null,
    network: hashes?.network ?? null,
  }
  return { comment, reader }
}
