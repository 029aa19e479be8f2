import { createModel, signal } from '@preact/signals'
import type { Ban } from '../../../worker/contract/bans.ts'
import type { Desk } from '../desk.ts'
import { records } from '../ui/records.ts'
import { type Connection, detailOf } from './connection.ts'
import { doneNotice, failedNotice, sendingNotice } from './notices.ts'
import type { Notice, UndoStack } from './undoStack.ts'
import { formatMessage, words } from './words.ts'

export type NewBan = Pick<Ban, 'siteId' | 'kind' | 'value'> & { until?: string; reason?: string }

/** Who is kept out, and the keeping out. */
export const Bans = createModel((connection: Connection, acts: UndoStack) => {
  const list = records<Ban>(connection, '/v1/bans')
  const busy = signal(false)

  async function lift(id: string): Promise<Notice> {
    try {
      await connection.ask('DELETE', `/v1/bans/${id}`)
    } catch (error) {
      return failedNotice((told) => formatMessage(words().ban.notLifted, { error: told }), detailOf(error))
    }
    list.items.value = list.items.peek().filter((ban) => ban.id !== id)
    return doneNotice(() => words().ban.lifted)
  }

  return {
    list,
    busy,
    /** Bans; `name` is how the line at the bottom calls whom. False when the worker refuses. */
    async add(ban: NewBan, name = ban.value): Promise<boolean> {
      busy.value = true
      try {
        const { data } = await connection.ask<Ban>('POST', '/v1/bans', { body: ban })
        list.items.value = [data, ...list.items.peek()]
        acts.remember({ done: Promise.resolve(true), undo: () => lift(data.id) })
        acts.say(doneNotice(() => formatMessage(words().ban.added, { value: name }), true))
        return true
      } catch (error) {
        acts.say(failedNotice((told) => formatMessage(words().ban.failed, { error: told }), detailOf(error)))
        return false
      } finally {
        busy.value = false
      }
    },
    async lift(id: string) {
      acts.say({ ...sendingNotice(), undoable: false })
      acts.say(await lift(id))
    },
  }
})
export type Bans = InstanceType<typeof Bans>

/** The bans of a desk. */
export const bansOf = ({ connection, acts }: Desk) => new Bans(connection, acts)
