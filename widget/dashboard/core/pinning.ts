import type { QueueItem } from '../../../worker/contract/queue.ts'
import { type Connection, detailOf } from './connection.ts'
import { doneNotice, failedNotice } from './notices.ts'
import type { Notice } from './undoStack.ts'
import { formatMessage, words } from './words.ts'

/** Whether a comment can stand above the others of its thread: a root comment that readers see. */
export const isPinnable = ({ parent, status, shown, pinned }: QueueItem) =>
  parent === null && (status === 'approved' || shown || pinned)

/** Pins a comment above the others of its thread, or unpins it. @returns what came of it, in words */
export async function setPin(connection: Connection, id: string, pinned: boolean): Promise<Notice> {
  try {
    await connection.ask(pinned ? 'PUT' : 'DELETE', `/v1/comments/${encodeURIComponent(id)}/pin`)
  } catch (error) {
    const detail = detailOf(error)
    const { limit } = detail
    return failedNotice(
      (told) =>
        limit
          ? formatMessage(words().pin.full, { limit })
          : formatMessage(words().pin.failed, { error: told }),
      detail,
    )
  }
  return doneNotice(() => (pinned ? words().pin.pinned : words().pin.unpinned))
}
