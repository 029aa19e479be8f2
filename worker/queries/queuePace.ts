import type { World } from '../commands/world.ts'
import type { QueuePace } from '../contract/queuePace.ts'
import { type LatestAct, latestActs } from '../store/latestActs.ts'
import { type Arrival, latestArrivals } from '../store/latestArrivals.ts'
import { perSite } from './perSite.ts'

/** Acts that are looked at, at most, and of one of many sites at least. */
const most = 75
const least = 5

const hour = 3_600_000

/** Comments by which the next is expected: so many that came are looked at, and fewer that were held tell nothing. */
const expecting = { most: 20, least: 3 }

/** Of more sites that are not all it is not told: each has lists of its own to look at. */
const mostSites = 5

/** How much was decided within the last hour on some sites, or (null) on all, and how soon the next comment is likely. */
export async function queuePace({ db, now }: World, siteIds: string[] | null): Promise<QueuePace> {
  const limit = Math.max(least, Math.floor(most / (siteIds?.length || 1)))
  const lists: LatestAct[][] = []
  const reading = perSite(
    siteIds,
    async (siteId) => {
      const list = await latestActs(db, siteId, limit)
      lists.push(list)
      return list
    },
    { order: (one, other) => other.id - one.id, limit: most },
  )
  const isFew = siteIds === null || siteIds.length <= mostSites
  const [acts, arrivals] = await Promise.all([
    reading,
    isFew ? latestArrivals(db, siteIds, expecting.most) : [],
  ])
  // A list that is full says nothing of what was before its end.
  const ends = [...lists.filter((list) => list.length === limit), ...(acts.length === most ? [acts] : [])]
  const since = Math.max(now - hour, ...ends.map((list) => list.at(-1)?.at ?? 0))
  return {
    ...workOf(acts.filter(({ at }) => at > since)),
    seconds: Math.ceil((now - since) / 1000),
    complete: since === now - hour,
    nextInSeconds: nextAfter(arrivals, now),
  }
}

function workOf(acts: LatestAct[]): Pick<QueuePace, 'decided' | 'screened'> {
  const decided = { approve: 0, reject: 0, spam: 0, delete: 0 }
  let screened = 0
  for (const { act, action, count, by } of acts) {
    const name = act === 'bulk.decide' ? action : act.replace('comment.', '')
    if (name === null || !Object.hasOwn(decided, name)) continue
    if (by === 'screening') screened++
    else decided[name as keyof typeof decided] += act === 'bulk.decide' ? (count ?? 0) : 1
  }
  return { decided, screened }
}

/** Held comments came so often of late, until now; null where too few did to tell. */
function nextAfter(arrivals: Arrival[], now: number): number | null {
  const held = arrivals.filter((one) => one.held)
  const first = held.at(-1)
  if (first === undefined || held.length < expecting.least) return null
  return Math.max(0, Math.round((now - first.at) / held.length / 1000))
}
