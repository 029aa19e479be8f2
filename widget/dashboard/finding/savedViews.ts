import { createModel, signal } from '@preact/signals'
import type { NewView, SavedView } from '../../../worker/contract/savedViews.ts'
import { type Connection, detailOf } from '../core/connection.ts'
import type { Desk } from '../desk.ts'
import { records } from '../ui/records.ts'

/** The lists of the queue that somebody saved, and those that others share. */
export const SavedViews = createModel((connection: Connection) => {
  const list = records<SavedView>(connection, '/v1/views')
  const busy = signal(false)

  /** @returns whether it was done; what went wrong is told beside the list */
  async function change(run: () => Promise<void>): Promise<boolean> {
    busy.value = true
    list.error.value = null
    try {
      await run()
      return true
    } catch (error) {
      list.error.value = detailOf(error)
      return false
    } finally {
      busy.value = false
    }
  }

  return {
    list,
    busy,
    save: (asked: Omit<NewView, 'id'>) =>
      change(async () => {
        const body = { id: crypto.randomUUID(), ...asked }
        const { data } = await connection.ask<SavedView>('POST', '/v1/views', { body })
        list.items.value = [...list.items.peek(), data].sort((one, other) =>
          one.name.localeCompare(other.name),
        )
      }),
    rename: (id: string, name: string) =>
      change(async () => {
        const { data } = await connection.ask<SavedView>('PATCH', `/v1/views/${id}`, { body: { name } })
        list.items.value = list.items
          .peek()
          .map((view) => (view.id === id ? data : view))
          .sort((one, other) => one.name.localeCompare(other.name))
      }),
    remove: (id: string) =>
      change(async () => {
        await connection.ask('DELETE', `/v1/views/${id}`)
        list.items.value = list.items.peek().filter((view) => view.id !== id)
      }),
  }
})
export type SavedViews = InstanceType<typeof SavedViews>

/** Those of a desk. */
export const savedViewsOf = ({ connection }: Desk) => new SavedViews(connection)
