import { computed, createModel, signal } from '@preact/signals'
import type {
  AnsweredLook,
  SecondAnswer,
  SecondLook,
  SecondLooks,
} from '../../../worker/contract/secondLooks.ts'
import { detailOf } from '../core/connection.ts'
import { decidedNotice, doneNotice, failedNotice, sendingNotice, undoneNotice } from '../core/notices.ts'
import type { Notice } from '../core/undoStack.ts'
import { formatMessage, words } from '../core/words.ts'
import type { Desk } from '../desk.ts'
import { records } from '../ui/records.ts'

type Action = SecondAnswer['action']

/** The comments of a site that are to be decided again, one after the other. */
export const Again = createModel(({ connection, acts, queue }: Desk, siteId: string) => {
  const list = records<SecondLook, SecondLooks>(connection, '/v1/second-looks')
  const load = () => list.load(`?site=${encodeURIComponent(siteId)}`)

  async function undo(decisionId: string): Promise<Notice> {
    try {
      await connection.ask('DELETE', `/v1/decisions/${decisionId}`)
      queue.refresh()
      return undoneNotice(1, 0, null)
    } catch (error) {
      return failedNotice((told) => formatMessage(words().notUndone, { error: told }), detailOf(error))
    }
  }

  return {
    list,
    load,
    /** The comment in hand. */
    item: computed(() => list.items.value[0] ?? null),
    /** Whether a reason is being chosen for refusing it. */
    choosing: signal(false),
    /** Decides the comment in hand again; the next one is in hand at once. */
    async answer({ id, revision }: SecondLook, action: Action, reason?: string) {
      list.items.value = list.items.peek().filter((one) => one.id !== id)
      const body = { revision, action, ...(reason && { reason }) } satisfies SecondAnswer
      const sent = connection.ask<AnsweredLook>('POST', `/v1/second-looks/${id}`, { body })
      const act = acts.remember({
        done: sent.then(
          ({ data }) => data.changed,
          () => false,
        ),
        undo: async () => undo((await sent).data.decisionId ?? ''),
      })
      acts.say(sendingNotice(), act)
      try {
        const { changed } = (await sent).data
        acts.say(changed ? decidedNotice(action, 1, 0) : doneNotice(() => words('stats').again.same), act)
        if (changed) queue.refresh()
        if (list.items.peek().length === 0) await load()
      } catch (error) {
        const told = (detail: string) => formatMessage(words().notDecided[action], { error: detail })
        acts.say(failedNotice(told, detailOf(error)))
        await load()
      }
    },
  }
})
export type Again = InstanceType<typeof Again>
