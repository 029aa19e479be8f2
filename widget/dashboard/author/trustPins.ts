import { createModel } from '@preact/signals'
import type { Author } from '../../../worker/contract/authors.ts'
import type { TrustPin } from '../../../worker/contract/findings.ts'
import { type Connection, detailOf } from '../core/connection.ts'
import { doneNotice, failedNotice, sendingNotice } from '../core/notices.ts'
import type { Notice, UndoStack } from '../core/undoStack.ts'
import { formatMessage, words } from '../core/words.ts'
import type { Desk } from '../desk.ts'

/** What staff settles of an author's trust. */
export const TrustPins = createModel((connection: Connection, acts: UndoStack) => {
  async function set(author: string, pinned: TrustPin | null, reload: () => void): Promise<Notice> {
    try {
      await connection.ask('PUT', `/v1/authors/${encodeURIComponent(author)}/trust`, { body: { pinned } })
    } catch (error) {
      return failedNotice(
        (told) => formatMessage(words('author').trustPin.failed, { error: told }),
        detailOf(error),
      )
    }
    reload()
    return doneNotice(() => words('author').trustPin.done[pinned ?? 'automatic'])
  }

  return {
    /** Settles an author's trust; undo has it be as it was. @returns whether it is settled */
    settle({ id, trust }: Author, pinned: TrustPin | null, reload: () => void): Promise<boolean> {
      return acts.perform(
        sendingNotice(),
        () => set(id, pinned, reload),
        () => set(id, trust.pinned, reload),
      )
    },
  }
})

/** The trust that is settled at a desk. */
export const trustPinsOf = ({ connection, acts }: Desk) => new TrustPins(connection, acts)
