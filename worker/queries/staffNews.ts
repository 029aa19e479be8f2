import type { World } from '../commands/world.ts'
import type { Choice } from '../contract/notifications.ts'
import type { QueueItem } from '../contract/queue.ts'
import * as queue from '../store/queue.ts'
import { orderOf } from '../store/queueOrder.ts'
import { tallies } from '../store/tallies.ts'
import { latestWaiting } from '../store/toldStaff.ts'
import { queueItems } from './queueItems.ts'

/** Comments that one message to staff shows. */
const mostShown = 10

/** For whom news are: what they want to hear of, and know already. */
interface Asked extends Pick<Choice, 'held' | 'disputed'> {
  siteId: string
  known: string[]
}

/** What is new for somebody of staff on a site. */
export interface StaffNews {
  /** What waits that they don't know of, the longest waiting first. */
  items: QueueItem[]
  /** How many there are besides, up to a bound. */
  more: number
  /** How many wait in all. */
  counts: { held: number; flagged: number; appeals: number }
  /** What they know of once they are told. */
  known: string[]
}

/** What is new on a site for somebody, in three round trips to the database. */
export async function staffNews({ db }: Pick<World, 'db'>, asked: Asked): Promise<StaffNews> {
  const { siteId, held, disputed } = asked
  const [waiting, counts] = await Promise.all([latestWaiting(db, siteId, asked), tallies(db, [siteId])])
  const known = new Set(asked.known)
  const fresh = waiting.filter(({ mark }) => !known.has(mark))
  const ids = fresh.slice(0, mostShown).map(({ id }) => id)
  const filter = { ...queue.unfiltered, siteId, ids, limit: mostShown }
  const rows = ids.length > 0 ? await queue.page(db, filter) : []
  return {
    items: await queueItems(db, rows.sort(orderOf({ ...filter, tab: 'held' }))),
    more: fresh.length - ids.length,
    counts: {
      held: held ? counts.held : 0,
      flagged: disputed ? counts.flagged : 0,
      appeals: disputed ? counts.appeals : 0,
    },
    known: waiting.map(({ mark }) => mark),
  }
}
