import type { World } from '../commands/world.ts'
import type { IndexProgress } from '../contract/searchIndex.ts'
import { mainDatabase, searchDatabase } from '../store/database.ts'
import * as searchIndex from '../store/searchIndex.ts'
import { tallies } from '../store/tallies.ts'

/** How far the full-text index has come. Before it is begun it has nothing of what there is. */
export async function indexProgress({ env }: World): Promise<IndexProgress> {
  const index = searchDatabase(env)
  const now = index && (await searchIndex.progress(index))
  if (!now) return { state: 'missing', built: 0, total: 0 }
  if (now.event === null)
    return { state: 'building', built: 0, total: (await tallies(mainDatabase(env), null)).all }
  return { state: now.buildBelow > 0 ? 'building' : 'ready', built: now.built, total: now.total }
}
