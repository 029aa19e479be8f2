import { workTakingBack } from '../commands/workTakingBack.ts'
import type { World } from '../commands/world.ts'
import type { ImportJob } from '../env.ts'
import { databaseOf } from '../store/database.ts'
import * as imports from '../store/imports.ts'
import { enqueueImport } from './enqueue.ts'

/** Takes back one slice of an import, and asks for the next. */
export async function importJob(world: World, { import: id, site }: ImportJob): Promise<void> {
  const db = databaseOf(world.env, site)
  const found = await imports.find(db, id)
  if (found && (await workTakingBack({ ...world, db, now: Date.now() }, found)))
    await enqueueImport(world.env, { import: id, site })
}
