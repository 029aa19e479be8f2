import * as v from 'valibot'
import { moment, whole } from './answers.ts'
import { siteId, uuid } from './input.ts'
import type { Operation } from './operation.ts'
import { page } from './page.ts'
import { threadKey } from './threadKey.ts'

export const threadMoveStates = ['working', 'done', 'undoing', 'undone'] as const
export type ThreadMoveState = (typeof threadMoveStates)[number]

/** `POST /v1/thread-moves` */
export const newThreadMove = v.strictObject({
  /** Made by the client: the same request again begins nothing new. */
  id: uuid,
  site: siteId,
  /** The key of a thread, and the one that it is to answer under. Addresses of pages are taken as keys are. */
  from: threadKey,
  to: threadKey,
})
export type NewThreadMove = v.InferOutput<typeof newThreadMove>

/** A thread's way to another key. */
export const threadMove = v.object({
  id: v.string(),
  site: v.string(),
  from: v.string(),
  to: v.string(),
  /** The thread that answers under both keys now, or under `from` once it is taken back. */
  thread: whole,
  /** Whether a thread was there: then its comments are brought into it, and `state` tells how far that is. */
  merged: v.boolean(),
  by: v.string(),
  at: moment,
  state: v.picklist(threadMoveStates),
  /** Comments that were brought so far, and of an undo those that went back. */
  moved: whole,
  restored: whole,
  /** Whether it can be taken back: not after a later move of one of the two. */
  undoable: v.boolean(),
})
export type ThreadMove = v.InferOutput<typeof threadMove>

export const moveThread = {
  summary:
    'Has a thread answer under another key; where a thread is there, it goes into that. Its old key goes on leading to it.',
  body: newThreadMove,
  answers: { 202: threadMove },
} satisfies Operation

export const readThreadMove = {
  summary: 'Tells how far a move is.',
  answers: { 200: threadMove },
} satisfies Operation

export const undoThreadMove = {
  summary: 'Takes a move back: every comment goes where it was, with what answered it since.',
  answers: { 202: threadMove },
} satisfies Operation

/** `GET /v1/thread-moves` */
export const threadMovesQuery = v.strictObject({ site: siteId })

export const listThreadMoves = {
  summary: 'Lists the latest moves of threads of a site.',
  query: threadMovesQuery,
  answers: { 200: page(threadMove) },
} satisfies Operation

/** Moves that are looked at in one request. */
export const mostMovesChecked = 100

/** What a move would come to: a thread goes to a free key, or into another; it is there already; there is none to move. */
export const moveOutcomes = ['move', 'merge', 'same', 'none'] as const

/** `POST /v1/thread-move-checks` */
export const movesAsked = v.strictObject({
  site: siteId,
  moves: v.pipe(
    v.array(v.strictObject({ from: threadKey, to: threadKey })),
    v.minLength(1, 'missing'),
    v.maxLength(mostMovesChecked, `too_long ${mostMovesChecked}`),
  ),
})

const movable = v.object({
  id: whole,
  key: v.string(),
  title: v.string(),
  /** Comments that readers see. */
  count: whole,
})

const checkedMove = v.object({
  from: v.string(),
  to: v.string(),
  outcome: v.picklist(moveOutcomes),
  /** What answers under `from`, and what is at `to`. */
  thread: v.nullable(movable),
  other: v.nullable(movable),
  /** Pinned comments of the first that lose their pin, since the other has as many as a thread may have. */
  unpinned: v.array(
    v.object({
      id: v.string(),
      /** Its author's name. */
      name: v.string(),
    }),
  ),
})
export type CheckedMove = v.InferOutput<typeof checkedMove>

export const checkMoves = {
  summary: 'Tells what moves of threads would come to, and moves none.',
  body: movesAsked,
  answers: { 200: v.object({ items: v.array(checkedMove) }) },
} satisfies Operation
