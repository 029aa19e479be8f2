import { type Action, type DecisionResult, statusAfter } from '../../../worker/contract/decisions.ts'
import type { QueueItem } from '../../../worker/contract/queue.ts'
import { detailOf } from '../core/connection.ts'
import type { Note } from './rowNotes.ts'

/** What a row tells of a decision that was not taken. */
export function noteOf(result: DecisionResult | undefined, action: Action, reason?: string): Note {
  if (result && 'present' in result && result.present)
    return { kind: 'lost', present: result.present, action, reason }
  const error = result && 'error' in result ? result.error : detailOf(new Error('No result'))
  return { kind: 'failed', error, action, reason }
}

/** Whether whoever was faster decided the same on the same text: then there is nothing to do about it. */
export const agrees = ({ present, action }: Extract<Note, { kind: 'lost' }>, { revision }: QueueItem) =>
  present.status === statusAfter[action] && present.revision === revision && action !== 'reject_change'

/** The state that a comment has by now. */
export function stateOf({ present }: Extract<Note, { kind: 'lost' }>) {
  const { status, decision } = present
  const answered = decision?.byKind === 'moderator' || decision?.byKind === 'operator'
  return { status, decision, ...(answered && { flags: null }) }
}
