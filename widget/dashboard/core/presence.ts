import { createModel, type ReadonlySignal, signal } from '@preact/signals'
import type { QueueItem } from '../../../worker/contract/queue.ts'
import type { Connection } from './connection.ts'

/** What is in hand at a desk, and what else could be. */
interface Hand {
  item: ReadonlySignal<QueueItem | null>
  /** Whether something is being done to it. */
  on: ReadonlySignal<boolean>
  take: (id: string) => void
}

/** Comments that are taken up in turn, at most, until one is nobody else's. */
const mostTries = 5

/** What others of the staff have in hand, and telling them what is in hand here. */
export const Presence = createModel((connection: Connection, hand: Hand) => {
  /** Names, by the comment that each has in hand. */
  const others = signal<ReadonlyMap<string, string>>(new Map())

  async function tell() {
    const item = document.hidden ? null : hand.item.peek()
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
  }

  return {
    others,
    tell,
    /**
     * Has a list that is begun start at the first comment that nobody else has in hand: of those who start together,
     * whoever comes later is told of the others, and goes on. Nothing moves once somebody has begun.
     */
    async begin(items: ReadonlySignal<QueueItem[]>) {
      for (let tries = 0; tries < mostTries; tries++) {
        const first = hand.item.peek()
        await tell()
        const hasBegun = hand.on.peek() || hand.item.peek()?.id !== first?.id
        if (!first || hasBegun || !others.peek().has(first.id)) return
        const free = items.peek().find(({ id }) => !others.peek().has(id))
        if (!free) return
        hand.take(free.id)
      }
    },
  }
})
export type Presence = InstanceType<typeof Presence>
