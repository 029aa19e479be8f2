import { createModel } from '@preact/signals'
import type { QueueItem } from '../../../worker/contract/queue.ts'
import { type Connection, detailOf } from '../core/connection.ts'
import { doneNotice, failedNotice, sendingNotice } from '../core/notices.ts'
import type { Notice, UndoStack } from '../core/undoStack.ts'
import { formatMessage, words } from '../core/words.ts'
import type { Desk } from '../desk.ts'
import type { Queue } from '../queue/queue.ts'

/** What staff calls pages. */
export const PageTitles = createModel((connection: Connection, queue: Queue, acts: UndoStack) => {
  const { list } = queue

  async function set(id: number, title: string | null): Promise<Notice> {
    try {
      await connection.ask('PUT', `/v1/threads/${id}/title`, { body: { title } })
    } catch (error) {
      return failedNotice(
        (told) => formatMessage(words('context').naming.failed, { error: told }),
        detailOf(error),
      )
    }
    const change = { givenTitle: title, ...(title !== null && { title }) }
    list.items.value = list.items
      .peek()
      .map((item) => (item.thread.id === id ? { ...item, thread: { ...item.thread, ...change } } : item))
    // What its comments call it, only the worker knows.
    if (title === null) await queue.refresh()
    return doneNotice(() =>
      title === null
        ? words('context').naming.unnamed
        : formatMessage(words('context').naming.named, { title }),
    )
  }

  return {
    /** Calls the page of a thread by a title; an empty one has its comments name it. */
    async give({ id, givenTitle: before }: QueueItem['thread'], typed: string) {
      const title = typed.trim() || null
      if (title === before) return
      await acts.perform(
        sendingNotice(),
        () => set(id, title),
        () => set(id, before),
      )
    },
  }
})
export type PageTitles = InstanceType<typeof PageTitles>

/** The titles that a desk gives. */
export const pageTitlesOf = ({ connection, queue, acts }: Desk) => new PageTitles(connection, queue, acts)
