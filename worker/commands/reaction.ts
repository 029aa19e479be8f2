import { actOf, requireBudget, spentToday } from '../access/dayBudget.ts'
import { banOf, refuseBanned, type Sender } from '../access/sender.ts'
import type { Site } from '../contract/site.ts'
import { Refusal } from '../http/refusal.ts'
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
 * @throws Refusal `banned`, `rate_limited`, `not_found`, or `forbidden` for one's own
 */
export async function reacting(world: World, { site, sender, id }: Reaction): Promise<Reacting> {
  const known = sender.author !== null && sender.author.vouched > 0
  const [ban, comment, spent] = await Promise.all([
    banOf(world, site.id, { ...sender, author: sender.author?.publicId ?? null }),
    target(world.db, site.id, id, sender.hash),
    known ? null : spentToday(world, site, sender),
  ])
  refuseBanned(ban)
  if (spent) requireBudget(world, site, spent, 'reactions')
  if (!comment) throw new Refusal('not_found')
  if (comment.own) throw new Refusal('forbidden', { message: 'This comment is your own.' })
  const reader = {
    hash: sender.hash,
    known,
    spends: actOf('reactions', { hashes: sender.hashes, known }, world.now),
    customer: sender.hashes?.customer ?? null,
    network: sender.hashes?.network ?? null,
  }
  return { comment, reader }
}
