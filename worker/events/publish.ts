import type { World } from '../commands/world.ts'
import type { Event } from '../contract/events.ts'

/**
 * Makes events known to the subscribers. A command calls it once its transaction is written. The entry point
 * tells the subscribers once for everything that its request or batch of jobs brought about.
 */
export function publish(world: Pick<World, 'happened'>, events: Event[]): void {
  world.happened.push(...events)
}
