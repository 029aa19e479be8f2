import { workBulkAct } from '../commands/workBulkAct.ts'
import type { World } from '../commands/world.ts'
import type { BulkJob } from '../env.ts'
import * as bulkActs from '../store/bulkActs.ts'
import { databaseOf } from '../store/database.ts'
import { enqueueBulk } from './enqueue.ts'
import { catchUp } from './indexComments.ts'

/** Steps by which the full-text index follows what happened, before it is asked for a slice, and once an act has ended. */
const mostSteps = 10

/** Works off one slice of an act on many, and asks for the next. */
export async function bulkJob(world: World, { bulk, site }: BulkJob): Promise<void> {
  const db = databaseOf(world.env, site ?? '')
  const act = await bulkActs.find(db, bulk)
  if (!act) return
  const here = { ...world, db, now: Date.now() }
  const { q } = JSON.parse(act.filter)
  if (q && act.state === 'working') await catchUp(here, mostSteps)
  const hasMore = await workBulkAct(here, act)
  if (hasMore) await enqueueBulk(world.env, { bulk, ...(site && { site }) })
  // So what is found, and how much of it, is at once as the act left it.
  else await catchUp({ ...here, now: Date.now() }, mostSteps)
}
