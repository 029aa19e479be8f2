import { createModel } from '@preact/signals'
import type { QueueItem } from '../../../worker/contract/queue.ts'
import { type Connection, detailOf } from '../core/connection.ts'
import { doneNotice, failedNotice, sendingNotice } from '../core/notices.ts'
import type { Notice, UndoStack } from '../core/undoStack.ts'
import { formatMessage, words } from '../core/words.ts'
import type { Desk } from '../desk.ts'
import type { Queue } from '../queue/queue.ts'

/** What readers are told that an author is. */
export const Badges = createModel((connection: Connection, queue: Queue, acts: UndoStack) => {
  const { list } = queue

  async function set(author: string, badge: string | null): Promise<Notice> {
    try {
      await connection.ask('PUT', `/v1/authors/${encodeURIComponent(author)}/badge`, { body: { badge } })
    } catch (error) {
      return failedNotice(
        (told) => formatMessage(words('context').badge.failed, { error: told }),
        detailOf(error),
      )
    }
    list.items.value = list.items
      .peek()
      .map((item) => (item.author.id === author ? { ...item, author: { ...item.author, badge } } : item))
    return doneNotice(() =>
      badge === null ? words('context').badge.taken : formatMessage(words('context').badge.given, { badge }),
    )
  }

  return {
    /** Gives an author a badge; an empty one takes it. */
    async give({ id, badge: before }: QueueItem['author'], typed: string) {
      const badge = typed.trim() || null
      if (badge === before) return
      await acts.perform(
        sendingNotice(),
        () => set(id, badge),
        () => set(id, before),
      )
    },
  }
})
export type Badges = InstanceType<typeof Badges>

/** The badges of a desk. */
export const badgesOf = ({ connection, queue, acts }: Desk) => new Badges(connection, queue, acts)
