import { createModel, signal } from '@preact/signals'
import type { Desk } from '../desk.ts'
import { type Connection, detailOf } from './connection.ts'
import { doneNotice, failedNotice, sendingNotice } from './notices.ts'
import type { Notice, UndoStack } from './undoStack.ts'
import { formatMessage, words } from './words.ts'

/** Shows the badge of an author on their comments that are listed. */
type Mark = (author: string, badge: string | null) => void

/** What readers are told that an author is. */
export const Badges = createModel((connection: Connection, mark: Mark, acts: UndoStack) => {
  /** How often a badge was given or taken here. */
  const changes = signal(0)

  async function set(author: string, badge: string | null): Promise<Notice> {
    try {
      await connection.ask('PUT', `/v1/authors/${encodeURIComponent(author)}/badge`, { body: { badge } })
    } catch (error) {
      return failedNotice(
        (told) => formatMessage(words('context').badge.failed, { error: told }),
        detailOf(error),
      )
    }
    mark(author, badge)
    changes.value++
    return doneNotice(() =>
      badge === null ? words('context').badge.taken : formatMessage(words('context').badge.given, { badge }),
    )
  }

  return {
    changes,
    /** Gives an author a badge; an empty one takes it. */
    async give({ id, badge: before }: { id: string; badge: string | null }, typed: string) {
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
export const badgesOf = ({ connection, queue, acts }: Desk) =>
  new Badges(
    connection,
    (author, badge) => {
      const { items } = queue.list
      items.value = items
        .peek()
        .map((item) => (item.author.id === author ? { ...item, author: { ...item.author, badge } } : item))
    },
    acts,
  )
