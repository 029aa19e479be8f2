import type { World } from '../commands/world.ts'
import type { Choice } from '../contract/notifications.ts'
import type { QueueItem } from '../contract/queue.ts'
import type { Site } from '../contract/site.ts'
import { latestWaiting } from '../store/latestWaiting.ts'
import * as queue from '../store/queue.ts'
import { orderOf } from '../store/queueOrder.ts'
import { tallies } from '../store/tallies.ts'
import { queueItems } from './queueItems.ts'

/** Comments that one message to staff shows. */
const mostShown = 10

/** For whom news are: what they want to hear of, and know already. */
interface Asked extends Pick<Choice, 'held' | 'disputed'> {
  siteId: string
  known: string[]
}

/** How many wait in all, of what somebody wants to hear of. */
type Counts = Record<'held' | 'flagged' | 'appeals', number>

/** What is new for somebody of staff on a site. */
export interface StaffNews {
  /** What waits that they don't know of, the longest waiting first. */
  items: QueueItem[]
  /** How many there are besides, up to a bound. */
  more: number
  counts: Counts
  /** What they know of once they are told. */
  known: string[]
}

/** What is new on a site for somebody, in three round trips to the database. */
export async function staffNews(
  { db }: Pick<World, 'db'>,
  site: Site,
  about: Omit<Asked, 'siteId'>,
): Promise<StaffNews> {
  const asked = { siteId: site.id, ...about }
  const { fresh, counts, known } = await newsInBrief({ db }, asked)
  const ids = fresh.slice(0, mostShown)
  const filter = { ...queue.unfiltered, siteId: asked.siteId, ids, limit: mostShown }
  const rows = ids.length > 0 ? await queue.page(db, filter) : []
  return {
    items: await queueItems(db, rows.sort(orderOf({ ...filter, tab: 'held' })), site),
    more: fresh.length - ids.length,
    counts,
    known,
  }
}

/** The same without showing any of it: `fresh` has the ids of what they don't know of. In one round trip. */
export async function newsInBrief(
  { db }: Pick<World, 'db'>,
  asked: Asked,
): Promise<{ fresh: string[]; counts: Counts; known: string[] }> {
  const { siteId, held, disputed } = asked
  const [waiting, counts] = await Promise.all([latestWaiting(db, siteId, asked), tallies(db, [siteId])])
  const known = new Set(asked.known)
  return {
    fresh: waiting.filter(({ mark }) => !known.has(mark)).map(({ id }) => id),
    counts: {
      held: held ? counts.held : 0,
      flagged: disputed ? counts.flagged : 0,
      appeals: disputed ? counts.appeals : 0,
    },
    known: waiting.map(({ mark }) => mark),
  }
}
