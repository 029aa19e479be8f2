import type { World } from '../commands/world.ts'
import type { BulkFilter } from '../contract/bulkActs.ts'
import { parseSearch } from '../contract/searchQuery.ts'
import type { QueueRow } from '../store/queue.ts'
import { isPosition } from '../store/searchPositions.ts'
import { foundRows } from './foundRows.ts'

/** A filter of an act on many, and whether whoever began it may look for e-mail addresses. */
export type ActFilter = BulkFilter & { inEmails?: boolean }

interface Asked {
  filter: ActFilter
  /** Of these sites; null for all. */
  siteIds: string[] | null
  /** Where the part before ended; null for the first one. */
  after: number | null
  limit: number
}

/**
 * A part of the comments that a filter's search finds, read as the queue's list reads it, and where the next one
 * starts; null at the end. Where there is no index, all comments of the list are looked at, a few hundred at a time.
 */
export async function soughtComments(
  world: World,
  { filter, siteIds, after, limit }: Asked,
): Promise<{ rows: QueueRow[]; next: number | null }> {
  const { terms } = parseSearch(filter.q ?? '')
  if (terms === null || siteIds?.length === 0) return { rows: [], next: null }
  const { rows, next, search } = await foundRows(world, {
    ...{ terms, siteIds, limit, isThorough: true, inEmails: filter.inEmails === true },
    ...{ tab: filter.tab, author: filter.author || null, threadId: filter.thread ?? null },
    ...{ ids: filter.ids ?? null, after: after === null ? null : { seq: after, by: 0 } },
  })
  if (after !== null && isPosition(after) && !['ready', 'behind'].includes(search.index))
    throw new Error('The full-text index is gone or built anew: this goes on once it is ready.')
  return { rows, next: next?.seq ?? null }
}
