import type { ThreadChange } from '../contract/staffThread.ts'
import type { ThreadEvent } from '../contract/threadEvents.ts'
import { publish } from '../events/publish.ts'
import { Refusal } from '../http/refusal.ts'
import type { Actor } from '../store/decidedComments.ts'
import * as threads from '../store/threadChanges.ts'
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

/** Sets how fast a thread takes comments, and when it closes by itself. @throws Refusal `not_found` */
export async function setThread(
  world: World,
  { id, wish, actor }: { id: number; wish: ThreadChange; actor: Actor },
): Promise<void> {
  const events = await threads.set(world.db, id, wish, { actor, at: world.now })
  if (!events) throw new Refusal('not_found')
  publish(world, events)
}
