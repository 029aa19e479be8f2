import type { World } from '../commands/world.ts'
import { type Tab, tabs } from '../contract/queue.ts'
import { type FoundCounts, mostFound } from '../contract/queueFilter.ts'
import { isInTab, type Search } from '../search/expression.ts'
import type { QueueRow } from '../store/queue.ts'
import { foundRows } from './foundRows.ts'
import { searchableOf } from './searchableOf.ts'

/** Pages that are read to count a tab: one is half full at least, unless the index proposes what is not meant. */
const pages = 3

type Asked = Omit<Search, 'tab'>

/**
 * How many comments of each tab a search finds. They are read as the list reads them, so each is one that the list
 * shows. Where all that is found is few, one reading counts every tab.
 */
export async function foundCounts(world: World, search: Asked): Promise<FoundCounts> {
  const all = await firstOf(world, search, 'all')
  const others = tabs.filter((tab) => tab !== 'all')
  if (!all.isReady) return { most: mostFound, counts: null, atLeast: [] }
  const found = await Promise.all(
    others.map(async (tab) =>
      all.hasMore
        ? firstOf(world, search, tab)
        : { rows: all.rows.filter((row) => isInTab(tab, searchableOf(row))), hasMore: false },
    ),
  )
  const lists = [...others.map((tab, at) => [tab, found[at]] as const), ['all', all] as const]
  return {
    most: mostFound,
    counts: Object.fromEntries(lists.map(([tab, list]) => [tab, list?.rows.length ?? 0])) as Record<
      Tab,
      number
    >,
    atLeast: lists.flatMap(([tab, list]) => (list?.hasMore ? [tab] : [])),
  }
}

/** The first comments of a tab that a search finds, and whether it may have more. */
async function firstOf(world: World, search: Asked, tab: Tab) {
  const rows: QueueRow[] = []
  let after = null
  for (let page = 0; page < pages && rows.length < mostFound; page++) {
    const limit = mostFound - rows.length
    const found = await foundRows(world, { ...search, tab, ids: null, after, limit })
    if (found.search.index !== 'ready') return { rows, hasMore: true, isReady: false }
    rows.push(...found.rows)
    after = found.next
    if (after === null) break
  }
  return { rows, hasMore: after !== null, isReady: true }
}
