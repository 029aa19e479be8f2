import type { ThreadMoved } from '../contract/threadEvents.ts'
import type { ThreadMove } from '../contract/threadMoves.ts'
import { publish } from '../events/publish.ts'
import { Refusal } from '../http/refusal.ts'
import { threadMoveView } from '../queries/threadMoveView.ts'
import { mainDatabase } from '../store/database.ts'
import type { Actor } from '../store/decidedComments.ts'
import { nextOf } from '../store/threadMoveSlices.ts'
import * as moves from '../store/threadMoves.ts'
import { begin } from '../store/threadMoving.ts'
import type { World } from './world.ts'

interface Asked {
  id: string
  siteId: string
  /** Keys, in their canonical form. */
  from: string
  to: string
  actor: Actor
}

/**
 * Has a thread answer under another key, and under its old one as before. Where a thread is there already, it goes into
 * that: its first comments at once, others by jobs. The same request again begins nothing new. It takes two round trips
 * to the database, and another one where it goes into a thread.
 *
 * @throws Refusal `not_found` without a thread of its own under `from`, `invalid` where it answers under `to`, `id_taken`,
 * or `conflict` where another move of either is under way
 */
export async function moveThread(world: World, asked: Asked): Promise<ThreadMove> {
  const { db, env, now } = world
  const { id, siteId, from, to, actor } = asked
  const [known, found] = await Promise.all([moves.find(db, id), moves.threadsAt(db, siteId, [from, to])])
  if (known) return begun(known, asked)
  const thread = found.find((one) => one.asked === from && one.key === from)
  if (!thread) throw new Refusal('not_found', { field: 'from', message: 'No thread has this key.' })
  const other = found.find((one) => one.asked === to && one.id !== thread.id)
  if (from === to)
    throw new Refusal('invalid', { field: 'to', message: 'The thread answers under this key already.' })
  const move = {
    ...{ id, siteId, from, to: other?.key ?? to, actor, madeAt: now },
    ...{ threadId: thread.id, intoId: other?.id ?? null },
  }
  const event: ThreadMoved = {
    ...{ act: other ? 'thread.merge' : 'thread.move', at: now, actor, siteId },
    ...{ threadId: other?.id ?? thread.id, moveId: id, from, to: move.to },
  }
  const slice = other ? await nextOf(db, thread.id) : nothing
  try {
    await begin(db, move, { event, slice, isSearched: db === mainDatabase(env) })
  } catch (error) {
    return begun(await explained(world, error, asked), asked)
  }
  publish(world, [event, movedIn(move, now)])
  return threadMoveView({
    ...move,
    ...{ state: slice.isFull ? 'working' : 'done', slices: other ? 1 : 0, moved: slice.comments.length },
    ...{ standing: 0, restored: 0, stands: 1 },
  })
}

/** What a thread brings along that goes into no other. */
export const nothing = { comments: [], isFull: false, last: 0 }

/** What readers see otherwise since a move or its undo. */
export const movedIn = (
  { siteId, threadId, intoId }: Pick<moves.ThreadMoveRow, 'siteId' | 'threadId' | 'intoId'>,
  at: number,
) => ({
  ...{ act: 'comments.move' as const, at, siteId },
  threadIds: intoId === null ? [threadId] : [threadId, intoId],
})

/** A move that began, by this request or the same before. @throws Refusal `id_taken` where it is another */
function begun(move: moves.ThreadMoveRow, { siteId, from, actor }: Asked): ThreadMove {
  if (move.siteId !== siteId || move.from !== from || move.actor.id !== actor.id)
    throw new Refusal('id_taken', { field: 'id' })
  return threadMoveView(move)
}

/** The move where the same request came twice at once. @throws Refusal `conflict` where a thread is not as it was a moment ago */
async function explained({ db }: World, error: unknown, { id }: Asked): Promise<moves.ThreadMoveRow> {
  if (!/constraint failed/i.test(String(error))) throw error
  const known = await moves.find(db, id)
  if (known) return known
  throw new Refusal('conflict', {
    message: 'One of the two threads is being moved, or has changed a moment ago. Try again soon.',
  })
}
