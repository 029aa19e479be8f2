import { createModel, signal } from '@preact/signals'
import type { BanInput } from '../../../worker/contract/bans.ts'
import type { BulkAct, BulkPreview } from '../../../worker/contract/bulkActs.ts'
import type { Action } from '../../../worker/contract/decisions.ts'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import type { Desk } from '../desk.ts'
import { type Connection, detailOf } from './connection.ts'
import { followAct } from './followAct.ts'
import { decidedNotice, doneNotice, failedNotice, undoneNotice } from './notices.ts'
import type { Notice, UndoStack } from './undoStack.ts'
import { formatMessage, words } from './words.ts'

/** What is asked of all comments that match; the filter is the queue's own. */
export interface BulkRequest {
  filter: Record<string, string>
  action: Action
  reason?: string
  ban?: BanInput
}

/** Decisions of all comments that match: what they would touch, how far they are, and taking them back. */
export const BulkActs = createModel(
  (connection: Connection, acts: UndoStack, refresh: () => Promise<void>) => {
    const preview = signal<BulkPreview | null>(null)
    const error = signal<ErrorDetail | null>(null)
    /** The act that was begun last here. */
    const running = signal<BulkAct | null>(null)
    const busy = signal(false)

    async function watch(act: BulkAct): Promise<BulkAct> {
      const ended = await followAct(connection, act, (now) => {
        running.value = now
      })
      await refresh()
      return ended
    }

    async function takeBack(id: string): Promise<Notice> {
      try {
        const { data } = await connection.ask<BulkAct>('DELETE', `/v1/bulk-acts/${id}`)
        const ended = await watch(data)
        return undoneNotice(ended.restored, 0, null)
      } catch (reason) {
        return failedNotice(
          (told) => formatMessage(words('bulk').notUndone, { error: told }),
          detailOf(reason),
        )
      }
    }

    return {
      preview,
      error,
      running,
      busy,
      /** Looks up what an act on these comments would touch. */
      async look(filter: Record<string, string>) {
        preview.value = null
        error.value = null
        try {
          const query = new URLSearchParams(filter)
          preview.value = (await connection.ask<BulkPreview>('GET', `/v1/bulk-acts/preview?${query}`)).data
        } catch (reason) {
          error.value = detailOf(reason)
        }
      },
      /** Begins an act, tells how it goes and lets it be undone. False when the worker refuses. */
      async start(request: BulkRequest): Promise<boolean> {
        busy.value = true
        error.value = null
        try {
          const body = { id: crypto.randomUUID(), ...request }
          const { data } = await connection.ask<BulkAct>('POST', '/v1/bulk-acts', { body })
          const act = acts.remember({ done: Promise.resolve(true), undo: () => takeBack(data.id) })
          acts.say(doneNotice(() => words('bulk').begun, true))
          watch(data).then((ended) => {
            if (ended.state === 'done') acts.say(decidedNotice(ended.action, ended.decided, 0), act)
          })
          return true
        } catch (reason) {
          const detail = detailOf(reason)
          error.value = detail
          acts.say(failedNotice((told) => formatMessage(words('bulk').failed, { error: told }), detail))
          return false
        } finally {
          busy.value = false
        }
      },
      /** Stops the act that is at work, or has it go on. */
      async turn(state: 'stopped' | 'working') {
        const act = running.peek()
        if (!act) return
        try {
          const { data } = await connection.ask<BulkAct>('PATCH', `/v1/bulk-acts/${act.id}`, {
            body: { state },
          })
          if (state === 'stopped') running.value = data
          else await watch(data)
        } catch (reason) {
          error.value = detailOf(reason)
        }
      },
    }
  },
)
export type BulkActs = InstanceType<typeof BulkActs>

/** The acts on many of a desk. */
export const bulkActsOf = ({ connection, acts, queue }: Desk) => new BulkActs(connection, acts, queue.refresh)
