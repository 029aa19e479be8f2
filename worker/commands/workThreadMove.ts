import { publish } from '../events/publish.ts'
import { mainDatabase } from '../store/database.ts'
import { broughtBy, nextOf, shift } from '../store/threadMoveSlices.ts'
import * as moves from '../store/threadMoves.ts'
import type { World } from './world.ts'

/**
 * Brings one slice of the comments of a thread into another, or back. Where the job of a slice comes twice, nothing is
 * written twice.
 *
 * @returns whether more is left to do
 */
export async function workThreadMove(world: World, move: moves.ThreadMoveRow): Promise<boolean> {
  const { db, env, now } = world
  const { id, siteId, threadId, intoId, state, slices, standing } = move
  if (intoId === null || (state !== 'working' && state !== 'undoing')) return false
  const isUndo = state === 'undoing'
  const number = isUndo ? standing : slices + 1
  const slice = await (isUndo ? broughtBy(db, { moveId: id, number, intoId }) : nextOf(db, threadId))
  const slicing = { moveId: id, number, threadId, intoId, at: now, isSearched: db === mainDatabase(env) }
  await shift(db, slicing, { slice, isUndo })
  publish(world, [{ act: 'comments.move', at: now, siteId, threadIds: [threadId, intoId] }])
  const after = await moves.find(db, id)
  return after?.state === 'working' || after?.state === 'undoing'
}
