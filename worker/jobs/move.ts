import { workThreadMove } from '../commands/workThreadMove.ts'
import type { World } from '../commands/world.ts'
import type { MoveJob } from '../env.ts'
import { databaseOf } from '../store/database.ts'
import { find } from '../store/threadMoves.ts'
import { enqueueMove } from './enqueue.ts'

/** Works off one slice of a move, or of its undo, and asks for the next. */
export async function moveJob(world: World, { move: id, site }: MoveJob): Promise<void> {
  const db = databaseOf(world.env, site)
  const found = await find(db, id)
  if (found && (await workThreadMove({ ...world, db, now: Date.now() }, found)))
    await enqueueMove(world.env, { move: id, site })
}
