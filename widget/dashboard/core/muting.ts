import { type Connection, detailOf } from './connection.ts'
import { doneNotice, failedNotice, sendingNotice } from './notices.ts'
import type { Notice, UndoStack } from './undoStack.ts'
import { formatMessage, words } from './words.ts'

interface Deps {
  connection: Connection
  acts: UndoStack
  /** Follows what has changed, before it is said. */
  changed: () => unknown
}

export type Mute = ReturnType<typeof muting>

/** What has the reports of a reader of a site count nowhere, or count again; undone as one act. */
export function muting({ connection, acts, changed }: Deps) {
  async function set(siteId: string, reporter: string, muted: boolean): Promise<Notice> {
    const path = `/v1/sites/${encodeURIComponent(siteId)}/reporters/${reporter}/mute`
    try {
      await connection.ask(muted ? 'PUT' : 'DELETE', path)
    } catch (reason) {
      return failedNotice(
        (told) => formatMessage(words('reports').notMuted, { error: told }),
        detailOf(reason),
      )
    }
    await changed()
    return doneNotice(() => words('reports')[muted ? 'mutedNow' : 'unmutedNow'])
  }

  return (siteId: string, reporter: string, muted: boolean) =>
    acts.perform(
      sendingNotice(),
      () => set(siteId, reporter, muted),
      () => set(siteId, reporter, !muted),
    )
}
