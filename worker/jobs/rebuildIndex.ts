import type { World } from '../commands/world.ts'
import type { IndexProgress } from '../contract/searchIndex.ts'
import { indexProgress } from '../queries/indexProgress.ts'
import { searchDatabase } from '../store/database.ts'
import * as searchIndex from '../store/searchIndex.ts'
import { indexStep } from './indexComments.ts'

/** Comments of one part. */
const part = 200

/** Milliseconds for which no job is sent: whoever asks for one part asks for the next. */
const patience = 60_000

/** Brings the index a part further at once. Jobs go on with it where nobody asks for more. */
export async function extendIndex(world: World): Promise<IndexProgress> {
  const index = searchDatabase(world.env)
  if (index) {
    await searchIndex.ask(index, { now: world.now, until: world.now + patience })
    if (await indexStep(world, part)) await searchIndex.rest(index)
  }
  return indexProgress(world)
}

/** Empties the index, to be made anew. Meanwhile the latest comments are searched. */
export async function emptyIndex(world: World): Promise<IndexProgress> {
  const index = searchDatabase(world.env)
  if (index) await searchIndex.clear(index)
  return indexProgress(world)
}
