import { canonicalKey } from '../contract/canonicalKey.ts'
import type { ThreadMoved } from '../contract/threadEvents.ts'
import type { ThreadMove } from '../contract/threadMoves.ts'
import { publish } from '../events/publish.ts'
import { Refusal } from '../http/refusal.ts'
import { threadMoveView } from '../queries/threadMoveView.ts'
import { mainDatabase } from '../store/database.ts'
import type { Actor } from '../store/decidedComments.ts'
import { broughtBy } from '../store/threadMoveSlices.ts'
import * as moves from '../store/threadMoves.ts'
import { beginUndo } from '../store/threadMoving.ts'
import { movedIn, nothing } from './moveThread.ts'
import type { World } from './world.ts'

/**
 * Takes a move back: every comment goes where it was, with what answered it since.
 *
 * @throws Refusal `conflict` where it is taken back, or something came after it that has to be undone first
 */
export async function undoThreadMove(
  world: World,
  { move, actor }: { move: moves.ThreadMoveRow; actor: Actor },
): Promise<ThreadMove> {
  const { db, env, now } = world
  const { id, siteId, from, to, threadId, intoId } = move
  const refusal = new Refusal('conflict', {
    message: 'This move is taken back already, or one of its threads moved on since: undo that first.',
  })
  // No page is asked for by a key in the form of an earlier release.
  if (canonicalKey(from) !== from) throw refusal
  const event: ThreadMoved = {
    ...{ act: intoId === null ? 'thread.unmove' : 'thread.unmerge', at: now, actor, siteId },
    ...{ threadId, moveId: id, from, to },
  }
  try {
    const slice = intoId === null ? nothing : await broughtBy(db, { moveId: id, number: move.slices, intoId })
    await beginUndo(db, move, { event, slice, isSearched: db === mainDatabase(env) })
  } catch (error) {
    if (/constraint failed/i.test(String(error))) throw refusal
    throw error
  }
  publish(world, [event, movedIn(move, now)])
  return threadMoveView((await moves.find(db, id)) as moves.ThreadMoveRow)
}
