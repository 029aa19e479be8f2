import { workBulkAct } from '../commands/workBulkAct.ts'
import type { World } from '../commands/world.ts'
import type { BulkJob } from '../env.ts'
import { databaseOf } from '../store/database.ts'
import { enqueueBulk } from './enqueue.ts'

/** Works off one slice of an act on many, and asks for the next. */
export async function bulkJob(world: World, { bulk, site }: BulkJob): Promise<void> {
  const db = databaseOf(world.env, site ?? '')
  const hasMore = await workBulkAct({ ...world, db, now: Date.now() }, bulk)
  if (hasMore) await enqueueBulk(world.env, { bulk, ...(site && { site }) })
}
