import type { World } from '../commands/world.ts'
import type { SearchState } from '../contract/queueFilter.ts'
import { matches } from '../search/matches.ts'
import { mainDatabase, searchDatabase } from '../store/database.ts'
import * as queue from '../store/queue.ts'
import { orderOf, type QueuePosition } from '../store/queueOrder.ts'
import type { Progress } from '../store/searchIndex.ts'
import { isPosition } from '../store/searchPositions.ts'
import { byIndex } from './indexedRows.ts'
import { perSite } from './perSite.ts'
import { searchableOf } from './searchableOf.ts'
import type { AskedSearch } from './searchPlan.ts'

/** A page of what was found. */
export interface FoundRows {
  rows: queue.QueueRow[]
  /** Where the next one starts; null at the end. */
  next: QueuePosition | null
  search: SearchState
}

/** Comments that are looked at for a page where no word narrows them down. */
const mostLooked = 300

/** A page of the comments that a search finds: by the full-text index, or without it among the latest. */
export async function foundRows(world: World, asked: AskedSearch): Promise<FoundRows> {
  // It has what the main database holds.
  const index = world.db === mainDatabase(world.env) ? searchDatabase(world.env) : null
  const isOtherList = asked.ids !== null || (asked.after !== null && !isPosition(asked.after.seq))
  if (!index || isOtherList) return amongLatest(world, asked, stateOf('missing', null))
  const found = await byIndex(world, index, asked, isMeant(asked)).catch((error) => {
    console.warn('the full-text index does not answer', { error: String(error) })
    return null
  })
  if (!found) return amongLatest(world, asked, stateOf('missing', null))
  const { progress, part } = found
  if (!part) return amongLatest(world, asked, stateOf('building', progress))
  const { rows, next, lookedTo, isBehind } = part
  return { rows, next, search: { ...stateOf(isBehind ? 'behind' : 'ready', progress), lookedTo } }
}

/** In whole hundredths: the exact share would tell how many there are. */
const shareOf = (progress: Progress | null) =>
  progress && progress.total > 0 ? Math.min(1, Math.floor((100 * progress.built) / progress.total) / 100) : 0

const stateOf = (index: SearchState['index'], progress: Progress | null): SearchState => ({
  ...{ index, share: index === 'ready' || index === 'behind' ? 1 : shareOf(progress), lookedTo: null },
})

/** Whether a comment is meant, whoever proposed it: the last word on what somebody may see. */
const isMeant = (asked: AskedSearch) => (row: queue.QueueRow) =>
  (asked.siteIds === null || asked.siteIds.includes(row.siteId)) &&
  (asked.author === null || asked.author === row.authorId) &&
  (asked.threadId === null || asked.threadId === row.threadId) &&
  matches(asked.terms, searchableOf(row), asked.inEmails)

/** Those among the latest of the list that have the first word; without a word, among the next few. */
async function amongLatest({ db }: World, asked: AskedSearch, search: SearchState): Promise<FoundRows> {
  const { tab, siteIds, author, threadId, ids, after, limit } = asked
  const word = asked.terms.find(({ operator, not }) => operator === 'text' && !not)?.value ?? null
  const text = asked.isThorough ? null : word
  const most = text === null ? mostLooked : limit + 1
  const filter = {
    tab,
    author,
    threadId,
    ids,
    text,
    after,
    limit: most,
    unless: null,
    sort: 'waiting',
  } as const
  const looked = await perSite(siteIds, (siteId) => queue.page(db, { ...filter, siteId }), {
    order: orderOf(filter),
    limit: most,
  })
  const meant = looked.filter(isMeant(asked))
  const rows = meant.slice(0, limit)
  const last = meant.length > limit ? rows.at(-1) : looked.length === most ? looked.at(-1) : undefined
  return { rows, next: last ? { seq: last.seq, by: 0 } : null, search }
}
