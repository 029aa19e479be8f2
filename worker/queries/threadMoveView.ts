import type { ThreadMove } from '../contract/threadMoves.ts'
import { iso } from '../store/database.ts'
import type { ThreadMoveRow } from '../store/threadMoves.ts'

/** A move as staff see it. */
export const threadMoveView = (move: ThreadMoveRow): ThreadMove => ({
  ...{ id: move.id, site: move.siteId, from: move.from, to: move.to },
  thread:
    move.intoId !== null && move.state !== 'undoing' && move.state !== 'undone' ? move.intoId : move.threadId,
  merged: move.intoId !== null,
  ...{ by: move.actor.name, at: iso(move.madeAt), state: move.state },
  ...{ moved: move.moved, restored: move.restored },
  undoable: move.stands === 1 && (move.state === 'working' || move.state === 'done'),
})
