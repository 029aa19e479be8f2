import { type QueueSort, queueSorts } from '../../../worker/contract/queue.ts'
import { isDoubted } from '../core/findings.ts'
import { isFiltered, sortOf } from '../core/location.ts'
import { doneNotice, failedToSortNotice, partlySelectedNotice } from '../core/notices.ts'
import { sitesInMenus } from '../core/sites.ts'
import { words } from '../core/words.ts'
import type { Desk } from '../desk.ts'

/** The site whose held comments can be put in another order: the chosen one, or the only one. */
export function sortableSite({ place, session }: Desk): string | undefined {
  const sites = sitesInMenus(session.session.value)
  return place.here.value.site || (sites.length === 1 ? sites[0]?.id : undefined)
}

/** Puts held comments in another order. */
export function orderBy(desk: Desk, sort: QueueSort) {
  desk.place.go({ sort, site: sortableSite(desk) ?? '' })
}

/** Goes on to the next order. */
export function nextOrder(desk: Desk) {
  const at = queueSorts.indexOf(sortOf(desk.place.here.peek()))
  turnTo(desk, queueSorts[(at + 1) % queueSorts.length] as QueueSort)
}

/** Changes the order where there are several, and says to which, or what is missing for one. */
function turnTo(desk: Desk, sort: QueueSort) {
  const here = desk.place.here.peek()
  if (here.tab !== 'held' || isFiltered(here)) return
  if (!sortableSite(desk)) return desk.acts.say(failedToSortNotice())
  orderBy(desk, sort)
  desk.acts.say(doneNotice(() => words().sorts[sort]))
}

/**
 * Ids of the shown comments that the learner calls likely fine: those nothing else speaks against, and the others, to
 * which those belong that only lean so.
 */
export function likelyFine({ queue }: Desk): { clear: string[]; others: string[] } {
  const { items, notes } = queue.list
  const departed = (id: string) => notes.all.value.get(id)?.kind === 'departed'
  const fine = items.value.filter(({ id, band }) => band === 'fine' && !departed(id))
  const ids = (doubted: boolean) =>
    fine.flatMap(({ id, findings }) => (isDoubted(findings) === doubted ? [id] : []))
  return { clear: ids(false), others: ids(true) }
}

/** Selects those nothing else speaks against, and says how many others there are; first puts them on top. */
export function selectFine(desk: Desk) {
  if (sortOf(desk.place.here.peek()) !== 'fine') return turnTo(desk, 'fine')
  const { clear, others } = likelyFine(desk)
  desk.queue.list.cursor.select(clear)
  if (others.length) desk.acts.say(partlySelectedNotice(clear.length, others.length))
}
