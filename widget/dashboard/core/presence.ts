import { createModel, type ReadonlySignal, signal } from '@preact/signals'
import type { QueueItem } from '../../../worker/contract/queue.ts'
import type { Connection } from './connection.ts'

/** What others of the staff have in hand, and telling them what is in hand here. */
export const Presence = createModel((connection: Connection, inHand: ReadonlySignal<QueueItem | null>) => {
  /** Names, by the comment that each has in hand. */
  const others = signal<ReadonlyMap<string, string>>(new Map())

  return {
    others,
    async tell() {
      const item = document.hidden ? null : inHand.peek()
      const body = { inHand: item && { commentId: item.id, siteId: item.site.id } }
      try {
        const { data } = await connection.ask<{ items: { commentId: string; name: string }[] }>(
          'PUT',
          '/v1/presence',
          { body },
        )
        others.value = new Map(data.items.map(({ commentId, name }) => [commentId, name]))
      } catch {
        others.value = new Map()
      }
    },
  }
})
export type Presence = InstanceType<typeof Presence>
