import { batch, createModel, signal } from '@preact/signals'
import type { CommentHistory } from '../../../worker/contract/commentHistory.ts'
import type { DecisionResult } from '../../../worker/contract/decisions.ts'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import type { StaffEdit } from '../../../worker/contract/staffEdits.ts'
import { type Connection, detailOf } from './connection.ts'
import { doneNotice, failedNotice, sendingNotice } from './notices.ts'
import { setPin } from './pinning.ts'
import type { UndoStack } from './undoStack.ts'
import { formatMessage, words } from './words.ts'

interface Deps {
  connection: Connection
  acts: UndoStack
}

/** All there is about one comment, and what staff does to its text. */
export const History = createModel(({ connection, acts }: Deps, id: string) => {
  const found = signal<CommentHistory | null>(null)
  const error = signal<ErrorDetail | null>(null)
  const path = `/v1/comments/${encodeURIComponent(id)}`

  async function load() {
    try {
      const { data } = await connection.ask<CommentHistory>('GET', path)
      batch(() => {
        found.value = data
        error.value = null
      })
    } catch (reason) {
      error.value = detailOf(reason)
    }
  }

  async function pin(pinned: boolean) {
    const line = await setPin(connection, id, pinned)
    await load()
    return line
  }

  async function undo(decisionId: string) {
    try {
      await connection.ask('DELETE', `/v1/decisions/${decisionId}`)
    } catch (reason) {
      return failedNotice((told) => formatMessage(words().notUndone, { error: told }), detailOf(reason))
    }
    await load()
    return doneNotice(() => formatMessage(words().undone, { count: 1 }))
  }

  return {
    found,
    error,
    load,
    /** Pins the comment above the others of its thread, or unpins it. */
    pin: (pinned: boolean) =>
      acts.perform(
        sendingNotice(),
        () => pin(pinned),
        () => pin(!pinned),
      ),
    /** Gives the comment a text of the staff's. @returns whether that was done */
    async edit(body: StaffEdit): Promise<boolean> {
      acts.say({ ...sendingNotice(), undoable: false })
      try {
        const { data } = await connection.ask<Extract<DecisionResult, { decisionId: string }>>(
          'PATCH',
          path,
          {
            body,
          },
        )
        const keeps = body.keepFormer !== false
        const act = keeps
          ? acts.remember({ done: Promise.resolve(true), undo: () => undo(data.decisionId) })
          : undefined
        await load()
        acts.say(
          doneNotice(() => words('comment')[keeps ? 'edited' : 'redacted'], keeps),
          act,
        )
        return true
      } catch (reason) {
        acts.say(
          failedNotice(
            (told) => formatMessage(words('comment').notEdited, { error: told }),
            detailOf(reason),
          ),
        )
        return false
      }
    },
  }
})
export type History = InstanceType<typeof History>
