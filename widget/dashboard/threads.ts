import { createModel } from '@preact/signals'
import type { QueueItem } from '../../worker/contract.ts'
import type { Acts, Line } from './acts.ts'
import { type Connection, detailOf } from './connection.ts'
import { doneLine, failedLine, sendingLine } from './lines.ts'
import type { Queue } from './queue.ts'
import { tell, words } from './words.ts'

/** Closes and reopens threads. */
export const Threads = createModel((connection: Connection, queue: Queue, acts: Acts) => {
  const { list } = queue

  async function set(thread: number, closed: boolean): Promise<Line> {
    try {
      await connection.ask(closed ? 'POST' : 'DELETE', `/v1/threads/${thread}/closure`)
    } catch (error) {
      return failedLine((told) => tell(words().closure.failed, { error: told }), detailOf(error))
    }
    const since = closed ? new Date().toISOString() : null
    list.items.value = list.items
      .peek()
      .map((item) =>
        item.thread.id === thread ? { ...item, thread: { ...item.thread, closed: since } } : item,
      )
    return doneLine(() => (closed ? words().closure.closed : words().closure.reopened))
  }

  return {
    /** Lets a thread take no more comments, or takes that back. */
    async toggle({ thread }: QueueItem) {
      const close = thread.closed === null
      acts.say(sendingLine())
      const setting = set(thread.id, close)
      acts.remember({
        done: setting.then((line) => line.tone === 'done'),
        undo: () => set(thread.id, !close),
      })
      const line = await setting
      acts.say({ ...line, undoable: line.tone === 'done' })
    },
  }
})
export type Threads = InstanceType<typeof Threads>
