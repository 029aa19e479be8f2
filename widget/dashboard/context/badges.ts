import { createModel } from '@preact/signals'
import type { QueueItem } from '../../../worker/contract/queue.ts'
import { type Connection, detailOf } from '../core/connection.ts'
import { doneLine, failedLine, sendingLine } from '../core/notices.ts'
import type { Acts, Line } from '../core/undoStack.ts'
import { tell, words } from '../core/words.ts'
import type { Desk } from '../desk.ts'
import type { Queue } from '../queue/queue.ts'

/** What readers are told that an author is. */
export const Badges = createModel((connection: Connection, queue: Queue, acts: Acts) => {
  const { list } = queue

  async function set(author: string, badge: string | null): Promise<Line> {
    try {
      await connection.ask('PUT', `/v1/authors/${encodeURIComponent(author)}/badge`, { body: { badge } })
    } catch (error) {
      return failedLine((told) => tell(words().badge.failed, { error: told }), detailOf(error))
    }
    list.items.value = list.items
      .peek()
      .map((item) => (item.author.id === author ? { ...item, author: { ...item.author, badge } } : item))
    return doneLine(() => (badge === null ? words().badge.taken : tell(words().badge.given, { badge })))
  }

  return {
    /** Gives an author a badge; an empty one takes it. */
    async give({ id, badge: before }: QueueItem['author'], typed: string) {
      const badge = typed.trim() || null
      if (badge === before) return
      acts.say(sendingLine())
      const setting = set(id, badge)
      acts.remember({
        done: setting.then((line) => line.tone === 'done'),
        undo: () => set(id, before),
      })
      const line = await setting
      acts.say({ ...line, undoable: line.tone === 'done' })
    },
  }
})
export type Badges = InstanceType<typeof Badges>

/** The badges of a desk. */
export const badgesOf = ({ connection, queue, acts }: Desk) => new Badges(connection, queue, acts)
