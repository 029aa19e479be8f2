import { workErasure } from '../commands/workErasure.ts'
import type { World } from '../commands/world.ts'
import type { ErasureJob } from '../env.ts'
import { databaseOf } from '../store/database.ts'
import { byAuthor } from '../store/erasures.ts'
import { enqueueErasure } from './enqueue.ts'

/** Works off one slice of the erasure of an author, and asks for the next. */
export async function eraseJob(world: World, { erase, site }: ErasureJob): Promise<void> {
  const db = databaseOf(world.env, site)
  const part = await byAuthor(db, erase, 0)
  if (!part?.erasure) return
  const hasMore = await workErasure({ ...world, db, now: Date.now() }, { ...part, erasure: part.erasure })
  if (hasMore) await enqueueErasure(world.env, { erase, site })
}
