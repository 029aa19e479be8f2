import type { FlagReason } from '../contract/flagReasons.ts'
import * as flags from '../store/flags.ts'
import { type Reaction, reacting } from './reaction.ts'
import type { World } from './world.ts'

/** Has a reader tell what is wrong with another's comment, once. @throws Refusal as `reacting` */
export async function flagComment(
  world: World,
  { reason, note, ...reaction }: Reaction & { reason: FlagReason; note: string },
): Promise<void> {
  const { comment, reader } = await reacting(world, reaction)
  await flags.add(world.db, comment, { reader, reason, note, at: world.now })
}
