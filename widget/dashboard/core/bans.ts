import { createModel, signal } from '@preact/signals'
import type { Ban } from '../../../worker/contract/bans.ts'
import type { Desk } from '../desk.ts'
import { records } from '../ui/records.ts'
import { type Connection, detailOf } from './connection.ts'
import { doneLine, failedLine, sendingLine } from './notices.ts'
import type { Acts, Line } from './undoStack.ts'
import { tell, words } from './words.ts'

export type NewBan = Pick<Ban, 'siteId' | 'kind' | 'value'> & { until?: string; reason?: string }

/** Who is kept out, and the keeping out. */
export const Bans = createModel((connection: Connection, acts: Acts) => {
  const list = records<Ban>(connection, '/v1/bans')
  const busy = signal(false)

  async function lift(id: string): Promise<Line> {
    try {
      await connection.ask('DELETE', `/v1/bans/${id}`)
    } catch (error) {
      return failedLine((told) => tell(words().ban.notLifted, { error: told }), detailOf(error))
    }
    list.items.value = list.items.peek().filter((ban) => ban.id !== id)
    return doneLine(() => words().ban.lifted)
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
        acts.say(doneLine(() => tell(words().ban.added, { value: name }), true))
        return true
      } catch (error) {
        acts.say(failedLine((told) => tell(words().ban.failed, { error: told }), detailOf(error)))
        return false
      } finally {
        busy.value = false
      }
    },
    async lift(id: string) {
      acts.say({ ...sendingLine(), undoable: false })
      acts.say(await lift(id))
    },
  }
})
export type Bans = InstanceType<typeof Bans>

/** The bans of a desk. */
export const bansOf = ({ connection, acts }: Desk) => new Bans(connection, acts)
