import { batch, createModel } from '@preact/signals'
import type { DecisionResult, DecisionResults, Present } from '../../../worker/contract/decisions.ts'
import type { QueueItem } from '../../../worker/contract/queue.ts'
import { ApiError } from '../../common/api.ts'
import { type Connection, detailOf } from '../core/connection.ts'
import type { Place } from '../core/location.ts'
import { undoneNotice } from '../core/notices.ts'
import type { Notice } from '../core/undoStack.ts'
import type { Queue } from './queue.ts'
import type { Note } from './rowNotes.ts'

export interface Decided {
  /** The comment as it was before. */
  item: QueueItem
  decisionId: string
}

type Undone = { item: QueueItem } | { note: Note }

/** Takes decisions back, all of a batch at a time. */
export const Undoing = createModel((connection: Connection, queue: Queue, place: Place) => {
  const { list } = queue

  async function undoOne({ item, decisionId }: Decided): Promise<Undone> {
    try {
      const { data } = await connection.ask<Extract<DecisionResult, { decisionId: string }>>(
        'DELETE',
        `/v1/decisions/${decisionId}`,
      )
      return { item: { ...item, status: data.status, revision: data.revision } }
    } catch (error) {
      const present = presentIn(error, item.id)
      return present
        ? { note: { kind: 'lost', present, action: 'restore', reason: undefined } }
        : { note: { kind: 'failed', error: detailOf(error), action: 'restore', reason: undefined } }
    }
  }

  return {
    /** Undoes a batch that was decided at that list, in that order of its comments. */
    async undo(decided: Decided[], at: string, order: string[]): Promise<Notice> {
      const ids = decided.map(({ item }) => item.id)
      queue.deciding(ids)
      const results = await Promise.all(decided.map(undoOne))
      const back = results.flatMap((result) => ('item' in result ? [result.item] : []))
      const failed = results.flatMap((result) => ('note' in result ? [result.note] : []))
      batch(() => {
        queue.settled(ids)
        if (place.list.peek() === at) {
          for (const item of back) list.putBack(item, order)
          if (back[0]) list.cursor.take(back[0].id)
        }
      })
      queue.refresh()
      return undoneNotice(back.length, failed.length, failed[0] ?? null)
    },
  }
})

/** The present state a refusal tells, whatever of the two shapes of answer it has. */
function presentIn(error: unknown, commentId: string): Present | undefined {
  if (!(error instanceof ApiError)) return
  const body = error.body as (Partial<DecisionResults> & { present?: Present }) | undefined
  const result = body?.results?.find((one) => one.commentId === commentId)
  return (result && 'present' in result ? result.present : undefined) ?? body?.present
}
