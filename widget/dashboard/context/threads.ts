import { createModel } from '@preact/signals'
import type { QueueItem } from '../../../worker/contract/queue.ts'
import { type Connection, detailOf } from '../core/connection.ts'
import { doneNotice, failedNotice, sendingNotice } from '../core/notices.ts'
import type { Notice, UndoStack } from '../core/undoStack.ts'
import { formatMessage, words } from '../core/words.ts'
import type { Desk } from '../desk.ts'
import type { Queue } from '../queue/queue.ts'

type Thread = QueueItem['thread']

/** What can be set of a thread, each a noun of its address that is there or not. */
const switches = {
  closure: {
    isOn: (thread: Thread) => thread.closed !== null,
    set: (on: boolean): Partial<Thread> => ({ closed: on ? new Date().toISOString() : null }),
    told: (on: boolean) => (on ? words('context').closure.closed : words('context').closure.reopened),
  },
  check: {
    isOn: (thread: Thread) => thread.checked,
    set: (on: boolean): Partial<Thread> => ({ checked: on }),
    told: (on: boolean) => (on ? words('context').checking.on : words('context').checking.off),
  },
}

/** Closes and reopens threads, and has all their comments checked or not. */
export const Threads = createModel((connection: Connection, queue: Queue, acts: UndoStack) => {
  const { list } = queue

  async function set(id: number, name: keyof typeof switches, on: boolean): Promise<Notice> {
    try {
      await connection.ask(on ? 'POST' : 'DELETE', `/v1/threads/${id}/${name}`)
    } catch (error) {
      return failedNotice(
        (told) => formatMessage(words('context').closure.failed, { error: told }),
        detailOf(error),
      )
    }
    const change = switches[name].set(on)
    list.items.value = list.items
      .peek()
      .map((item) => (item.thread.id === id ? { ...item, thread: { ...item.thread, ...change } } : item))
    return doneNotice(() => switches[name].told(on))
  }

  return {
    /** Lets a thread take no more comments, or has each of them wait for a person; or takes that back. */
    async toggle({ thread }: QueueItem, name: keyof typeof switches) {
      const on = !switches[name].isOn(thread)
      await acts.perform(
        sendingNotice(),
        () => set(thread.id, name, on),
        () => set(thread.id, name, !on),
      )
    },
  }
})
export type Threads = InstanceType<typeof Threads>

/** What a desk sets of threads. */
export const threadsOf = ({ connection, queue, acts }: Desk) => new Threads(connection, queue, acts)
