import type { D1Database } from '@cloudflare/workers-types'
import type { World } from '../commands/world.ts'
import type { ToldEvent } from '../contract/events.ts'
import type { Condition } from '../store/database.ts'
import type { Delivered, Delivery, Wish } from '../store/delivery.ts'

/**
 * Where something of what happens is told: a file in `notify/`, and a line in `destinations.ts`. There are two kinds:
 *
 * - What hangs on events says what it `wants`, and `where` that is wanted at all. Its row is written in the event's own
 *   transaction, one for a site, and holds ids and codes. At its turn it tells, or *fans out*: it looks for whom it is to
 *   be told and answers with a row for each (`next`).
 * - What is told to one recipient has neither: its rows come from another's `next`, with `to`.
 */
export interface Destination {
  kind: string
  /**
   * What an event has this destination told, or null for nothing; pure. What people can still undo must not leave the
   * house before `undoWindowMs`, and then only if it still stands.
   */
  wants?(event: ToldEvent): Wish | null
  /** What must hold in the database of a delivery `x`, as that its site (`x.siteId`) has it set up. */
  where?: Condition | ((db: D1Database) => Condition)
  /**
   * Tells it, or finds that there is nothing to tell any more. It may be called again for what it told already: what goes
   * out names itself by `siteId`, `destination` and `subject`, so that a repeat is known as one. To whom it cannot tell all within 50
   * statements, it tells the first 100 and comes `again`, with how far it came in `details`; the subject of such a
   * delivery names its event, so that nothing takes its place halfway.
   *
   * @returns what follows, at most a hundred rows, written in one transaction with the end of this delivery; nothing of it where something else
   *   ended it first. Where it has an `answer`, the log says that it was delivered
   * @throws Refused to be given up at once, Unavailable or any other error to be called again later
   */
  // biome-ignore lint/suspicious/noConfusingVoidType: most destinations have nothing to add
  deliver(world: World, delivery: Delivery): Promise<Delivered | void>
}
