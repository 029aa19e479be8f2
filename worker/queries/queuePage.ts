import type { World } from '../commands/world.ts'
import type { QueuePage, QueueSort } from '../contract/queue.ts'
import type { SearchTerm } from '../contract/searchQuery.ts'
import { searchDatabase } from '../store/database.ts'
import * as phrases from '../store/phrases.ts'
import * as queue from '../store/queue.ts'
import { orderOf, positionOf, type QueuePosition } from '../store/queueOrder.ts'
import { isPosition, seqAt } from '../store/searchPositions.ts'
import { tallies } from '../store/tallies.ts'
import { foundRows } from './foundRows.ts'
import { perSite } from './perSite.ts'
import { queueItems } from './queueItems.ts'

/** What is asked of the moderation queue, and the version of it that whoever asks has. */
export interface AskedQueue
  extends Omit<queue.QueueFilter, 'unless' | 'siteId' | 'text' | 'seqs' | 'changedSince'> {
  /** Of these sites; null for all. */
  siteIds: string[] | null
  /** What is searched for, and whether in e-mail addresses, too; null for the whole list. */
  search: { terms: SearchTerm[]; inEmails: boolean } | null
  seen: number | undefined
}

/**
 * A page of one of the moderation queue's tabs, and what all of them count; null where nothing has changed. It takes
 * two round trips to the database.
 */
export async function queuePage(
  world: World,
  { seen, ...asked }: AskedQueue,
): Promise<{ version: number; page: QueuePage | null }> {
  const { db } = world
  const { search } = asked
  const [{ version, reported, ...counts }, { rows: items, next, ...found }] = await Promise.all([
    tallies(db, asked.siteIds),
    search ? foundRows(world, { ...asked, ...search }) : unsearched(world, asked, seen),
  ])
  if (!search && version === seen) return { version, page: null }
  const [shown, reasons] = await Promise.all([
    queueItems(db, items),
    phrases.ownReasons(
      db,
      items.map((row) => row.siteId),
    ),
  ])
  return {
    version,
    page: {
      items: shown,
      next: next && cursorOf(next, asked.sort),
      counts,
      reported,
      ...(Object.keys(reasons).length > 0 && { reasons }),
      ...found,
    },
  }
}

type Unsearched = Omit<AskedQueue, 'seen'>
type Listed = { rows: queue.QueueRow[]; next: QueuePosition | null }

/**
 * A page of a list that nothing is searched for in. All that an author wrote stands in one index of the database, and a
 * tab of that in none: the full-text index finds it, unless it has not followed all that happened.
 */
async function unsearched(world: World, asked: Unsearched, seen: number | undefined): Promise<Listed> {
  const index = asked.author === null || asked.tab === 'all' ? null : searchDatabase(world.env)
  if (!index) return listed(world, asked, seen)
  if (seen !== undefined && (await tallies(world.db, asked.siteIds)).version === seen)
    return { rows: [], next: null }
  const found = await foundRows(world, { ...asked, terms: [], inEmails: false })
  if (found.search.index === 'ready') return { rows: found.rows, next: found.next }
  const { after } = asked
  const from = after && isPosition(after.seq) ? { ...after, seq: seqAt(after.seq) } : after
  return listed(world, { ...asked, after: from }, seen)
}

/** A page of a whole list. */
async function listed(
  { db }: World,
  { siteIds, search: _, ...asked }: Unsearched,
  seen: number | undefined,
): Promise<Listed> {
  const limit = asked.limit + 1
  const unless = seen === undefined ? null : { version: seen, siteIds }
  const isWhole = asked.author === null && asked.threadId === null && asked.ids === null
  const among = isWhole && siteIds !== null && siteIds.length > 1 ? siteIds : null
  const found = await perSite(
    among ? null : siteIds,
    (siteId) =>
      queue.page(db, { ...asked, siteId, text: null, limit, unless, ...(among && { amongSites: among }) }),
    { order: orderOf(asked), limit },
  )
  const rows = found.slice(0, asked.limit)
  const last = found.length > asked.limit ? rows.at(-1) : undefined
  return { rows, next: last ? positionOf(last, asked.sort) : null }
}

const cursorOf = ({ seq, by }: QueuePosition, sort: QueueSort) =>
  sort === 'waiting' ? String(seq) : `${seq}~${by}`
