import type { FlagReason } from '../contract/flagReasons.ts'
import { mostAtOnce, weightOf } from '../moderation/reports.ts'
import { deliveries } from '../notify/destinations.ts'
import * as flags from '../store/flags.ts'
import { pastOf } from '../store/reporters.ts'
import { type Reaction, reacting } from './reaction.ts'
import type { World } from './world.ts'

/** Has a reader tell what is wrong with another's comment, once. @throws Refusal as `reacting` */
export async function flagComment(
  world: World,
  { reason, note, ...reaction }: Reaction & { reason: FlagReason; note: string },
): Promise<void> {
  const [{ comment, reader }, past] = await Promise.all([
    reacting(world, reaction),
    pastOf(world.db, reaction.site.id, reaction.sender.hash),
  ])
  const counts = { ...weightOf({ ...past, known: reader.known }, reason), most: mostAtOnce, deliveries }
  await flags.add(
    world.db,
    comment,
    { commentId: reaction.id.toLowerCase(), reader, reason, note, at: world.now },
    counts,
  )
}
