import { createModel, signal } from '@preact/signals'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import { readableKey } from '../../../worker/contract/readableKey.ts'
import type { StaffThread } from '../../../worker/contract/staffThread.ts'
import type { CheckedMove } from '../../../worker/contract/threadMoves.ts'
import { type Connection, detailOf } from '../core/connection.ts'
import { doneNotice, failedNotice, sendingNotice } from '../core/notices.ts'
import { performMove } from '../core/threadMoves.ts'
import type { Notice, UndoStack } from '../core/undoStack.ts'
import { formatMessage, words } from '../core/words.ts'

interface Deps {
  connection: Connection
  acts: UndoStack
  /** Has the page read how the thread stands. */
  load: () => Promise<void>
}

/** Where a thread goes, what that comes to before it does, and how far it is. */
export const Moving = createModel(({ connection, acts, load }: Deps, thread: StaffThread) => {
  const { key: from, site } = thread
  /** What was found where it is to go; null before anything was looked for. */
  const check = signal<CheckedMove | null>(null)
  const error = signal<ErrorDetail | null>(null)
  /** How many comments have come along, while a merge goes on. */
  const moved = signal<number | null>(null)

  async function send(
    method: 'POST' | 'DELETE',
    path: string,
    { body, said }: { body?: unknown; said: () => string },
  ): Promise<Notice> {
    try {
      await performMove(connection, { method, path, body }, (count) => {
        moved.value = count
      })
    } catch (reason) {
      return failedNotice((told) => formatMessage(words('thread').failed, { error: told }), detailOf(reason))
    } finally {
      moved.value = null
    }
    await load()
    return doneNotice(said)
  }

  return {
    check,
    error,
    moved,
    /** Looks at what is there. @param to an address or a key, as it is typed */
    async look(to: string) {
      check.value = null
      error.value = null
      try {
        const body = { site: site.id, moves: [{ from, to }] }
        const { data } = await connection.ask<{ items: CheckedMove[] }>('POST', '/v1/thread-move-checks', {
          body,
        })
        check.value = data.items[0] ?? null
      } catch (reason) {
        error.value = detailOf(reason)
      }
    },
    /** Forgets what was found: another place is typed. */
    reset() {
      check.value = null
      error.value = null
    },
    /** Moves the thread to where was looked. @returns whether that was done */
    go(): Promise<boolean> {
      const found = check.peek()
      if (!found) return Promise.resolve(false)
      const id = crypto.randomUUID()
      const told = { from: readableKey(from), to: readableKey(found.to) }
      const w = () => words('thread').move
      return acts.perform(
        sendingNotice(),
        () =>
          send('POST', '/v1/thread-moves', {
            body: { id, site: site.id, from, to: found.to },
            said: () => formatMessage(found.outcome === 'merge' ? w().merged : w().moved, told),
          }),
        () => send('DELETE', `/v1/thread-moves/${id}`, { said: () => formatMessage(w().back, told) }),
      )
    },
  }
})
export type Moving = InstanceType<typeof Moving>
