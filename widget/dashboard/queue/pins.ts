import { createModel } from '@preact/signals'
import type { QueueItem } from '../../../worker/contract/queue.ts'
import type { Connection } from '../core/connection.ts'
import { sendingNotice, unpinnableNotice } from '../core/notices.ts'
import { isPinnable, setPin } from '../core/pinning.ts'
import type { UndoStack } from '../core/undoStack.ts'
import type { Desk } from '../desk.ts'
import type { Queue } from './queue.ts'

/** Pins comments of the queue above the others of their thread. */
export const Pins = createModel((connection: Connection, queue: Queue, acts: UndoStack) => {
  const { list } = queue

  async function set(id: string, pinned: boolean) {
    const line = await setPin(connection, id, pinned)
    if (line.tone === 'done')
      list.items.value = list.items.peek().map((item) => (item.id === id ? { ...item, pinned } : item))
    return line
  }

  return {
    /** Pins a comment, or unpins it; says why where it can't be pinned. */
    async toggle(item: QueueItem) {
      if (!isPinnable(item)) return acts.say(unpinnableNotice())
      const { id, pinned } = item
      await acts.perform(
        sendingNotice(),
        () => set(id, !pinned),
        () => set(id, pinned),
      )
    },
  }
})
export type Pins = InstanceType<typeof Pins>

/** The pins of a desk. */
export const pinsOf = ({ connection, queue, acts }: Desk) => new Pins(connection, queue, acts)
