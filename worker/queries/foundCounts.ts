import type { World } from '../commands/world.ts'
import { type Tab, tabs } from '../contract/queue.ts'
import { type FoundCounts, mostFound } from '../contract/queueFilter.ts'
import type { Search } from '../search/expression.ts'
import { mainDatabase, searchDatabase } from '../store/database.ts'
import * as searchIndex from '../store/searchIndex.ts'
import { planOf } from './searchPlan.ts'

/** How many comments of each tab a search finds by the full-text index: about, since that knows runs of letters. */
export async function foundCounts({ env, db }: World, search: Omit<Search, 'tab'>): Promise<FoundCounts> {
  const index = db === mainDatabase(env) ? searchDatabase(env) : null
  if (!index) return { most: mostFound, counts: null }
  const [progress, ...found] = await Promise.all([
    searchIndex.progress(index),
    ...tabs.map((tab) => searchIndex.count(index, { ...planOf({ ...search, tab }, null), limit: mostFound })),
  ])
  const isReady = progress && progress.event !== null && progress.buildBelow === 0
  const counts = Object.fromEntries(tabs.map((tab, at) => [tab, found[at] ?? 0])) as Record<Tab, number>
  return { most: mostFound, counts: isReady ? counts : null }
}
