import { createModel } from '@preact/signals'
import type { QueueItem } from '../../../worker/contract/queue.ts'
import { type Connection, detailOf } from '../core/connection.ts'
import { doneNotice, failedNotice, sendingNotice, unpinnableNotice } from '../core/notices.ts'
import type { Notice, UndoStack } from '../core/undoStack.ts'
import { formatMessage, words } from '../core/words.ts'
import type { Desk } from '../desk.ts'
import type { Queue } from './queue.ts'

/** Whether a comment can stand above the others of its thread: a root comment that readers see. */
export const isPinnable = ({ parent, status, shown, pinned }: QueueItem) =>
  parent === null && (status === 'approved' || shown || pinned)

/** Pins comments above the others of their thread. */
export const Pins = createModel((connection: Connection, queue: Queue, acts: UndoStack) => {
  const { list } = queue

  async function set(id: string, pinned: boolean): Promise<Notice> {
    try {
      await connection.ask(pinned ? 'PUT' : 'DELETE', `/v1/comments/${id}/pin`)
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
    list.items.value = list.items.peek().map((item) => (item.id === id ? { ...item, pinned } : item))
    return doneNotice(() => (pinned ? words().pin.pinned : words().pin.unpinned))
  }

  return {
    /** Pins a comment, or unpins it; says why where it can't be pinned. */
    async toggle(item: QueueItem) {
      if (!isPinnable(item)) {
        acts.say(unpinnableNotice())
        return
      }
      const { id, pinned } = item
      acts.say(sendingNotice())
      const setting = set(id, !pinned)
      acts.remember({
        done: setting.then((line) => line.tone === 'done'),
        undo: () => set(id, pinned),
      })
      const line = await setting
      acts.say({ ...line, undoable: line.tone === 'done' })
    },
  }
})
export type Pins = InstanceType<typeof Pins>

/** The pins of a desk. */
export const pinsOf = ({ connection, queue, acts }: Desk) => new Pins(connection, queue, acts)
