import { type QueueSort, queueSorts } from '../../worker/contract.ts'
import type { Desk } from './desk.ts'
import { doneLine, failedToSortLine } from './lines.ts'
import { isFiltered, sortOf } from './place.ts'
import { words } from './words.ts'

/** The site whose held comments can be put in another order: the chosen one, or the only one. */
export function sortableSite({ place, session }: Desk): string | undefined {
  const sites = session.session.value?.sites ?? []
  return place.here.value.site || (sites.length === 1 ? sites[0]?.id : undefined)
}

/** Puts held comments in another order. */
export function orderBy(desk: Desk, sort: QueueSort) {
  desk.place.go({ sort, site: sortableSite(desk) ?? '' })
}

/** Goes on to the next order, and says which, or what is missing for one. */
export function nextOrder(desk: Desk) {
  const here = desk.place.here.peek()
  if (here.tab !== 'held' || isFiltered(here)) return
  if (!sortableSite(desk)) return desk.acts.say(failedToSortLine())
  const next = queueSorts[(queueSorts.indexOf(sortOf(here)) + 1) % queueSorts.length] as QueueSort
  orderBy(desk, next)
  desk.acts.say(doneLine(() => words().sorts[next]))
}

/** Ids of the shown comments that the learner calls likely fine. */
export function likelyFine({ queue }: Desk): string[] {
  const { items, notes } = queue.list
  const departed = (id: string) => notes.all.value.get(id)?.kind === 'departed'
  return items.value.flatMap(({ id, band }) => (band === 'fine' && !departed(id) ? [id] : []))
}

/** Selects them, and nothing else. */
export function selectFine(desk: Desk) {
  desk.queue.list.hand.select(likelyFine(desk))
}
