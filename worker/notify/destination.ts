import type { World } from '../commands/world.ts'
import type { RecordedEvent } from '../contract/events.ts'
import type { Condition } from '../store/database.ts'
import type { Delivery, NewDelivery } from '../store/outbox.ts'

/** Where something of what happens is told. */
export interface Destination {
  kind: string
  /**
   * What an event has this destination told, or null for nothing; pure. What people can still undo must not leave the
   * house before `undoWindowMs`.
   */
  wants(event: RecordedEvent): Pick<NewDelivery, 'subject' | 'notBefore'> | null
  /** What must hold in the database of a delivery `x`, as that its site (`x.siteId`) has it set up. */
  where: Condition
  /**
   * Tells it, or finds that there is nothing to tell any more. It may be called again for what it told already.
   *
   * @throws Unavailable or any other error to be called again later
   */
  deliver(world: World, delivery: Delivery): Promise<void>
}
