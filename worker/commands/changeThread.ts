import type { ThreadEvent } from '../contract/events.ts'
import { publish } from '../events/publish.ts'
import { Refusal } from '../http/refusal.ts'
import type { Actor } from '../store/decidedComments.ts'
import * as threads from '../store/threads.ts'
import type { World } from './world.ts'

/** Closes, reopens, checks or unchecks a thread. @throws Refusal `not_found` */
export async function changeThread(
  world: World,
  { id, act, actor }: { id: number; act: ThreadEvent['act']; actor: Actor },
): Promise<void> {
  const event = await threads.change(world.db, id, act, { actor, at: world.now })
  if (!event) throw new Refusal('not_found')
  publish(world, [event])
}
