import { createModel, type ReadonlySignal, type Signal } from '@preact/signals'
import type { HeldByOthers } from '../../../worker/contract/presence.ts'
import type { QueueItem } from '../../../worker/contract/queue.ts'
import type { Connection } from './connection.ts'

/** What is in hand at a desk, and what others have. */
interface Hand {
  item: ReadonlySignal<QueueItem | null>
  /** Whether something is being done to it. */
  on: ReadonlySignal<boolean>
  others: Signal<ReadonlyMap<string, string>>
  left: Signal<ReadonlySet<string>>
  passOn: () => void
  begin: (share: number) => void
}

/** Comments that are taken up in turn, at most, until one is nobody else's. */
const mostTries = 5

/** Milliseconds after which a comment stays in hand: it may have been read. */
const readable = 300

/** What others of the staff have in hand, and telling them what is in hand here. */
export const Presence = createModel((connection: Connection, hand: Hand, who: () => string) => {
  let last = Promise.resolve()
  let isToBeTold = false

  async function send() {
    isToBeTold = false
    const item = document.hidden ? null : hand.item.peek()
    const body = { inHand: item && { commentId: item.id, siteId: item.site.id } }
    try {
      const { data } = await connection.ask<HeldByOthers>('PUT', '/v1/presence', { body })
      hand.others.value = new Map(data.items.map(({ commentId, name }) => [commentId, name]))
      hand.left.value = new Set(data.left)
    } catch {
      hand.others.value = new Map()
      hand.left.value = new Set()
    }
  }

  /** Tells what is in hand, one request at a time: of many steps in a row the last one is told. */
  function tell(): Promise<void> {
    if (!isToBeTold) last = last.then(send)
    isToBeTold = true
    return last
  }

  return {
    others: hand.others as ReadonlySignal<ReadonlyMap<string, string>>,
    tell,
    /** Tells of a step, and goes on from a comment that came by itself where somebody else is at it already. */
    async step() {
      for (let tries = 0; tries < mostTries; tries++) {
        const before = hand.item.peek()?.id
        const since = performance.now()
        await tell()
        if (hand.on.peek() || performance.now() - since > readable) return
        hand.passOn()
        if (hand.item.peek()?.id === before) return
      }
    },
    /**
     * Has those who work at once begin apart: who finds others in a list begins at a place of their own, the same each
     * time, and at what nobody else has in hand. Nothing moves once somebody has begun, or may have begun to read.
     */
    async begin(items: ReadonlySignal<QueueItem[]>) {
      for (let tries = 0; tries < mostTries; tries++) {
        const first = hand.item.peek()
        const since = performance.now()
        await tell()
        if (performance.now() - since > readable) return
        const hasBegun = hand.on.peek() || hand.item.peek()?.id !== first?.id
        const isShared = items.peek().some(({ id }) => hand.others.peek().has(id))
        if (!first || hasBegun || !isShared || (tries > 0 && !hand.others.peek().has(first.id))) return
        hand.begin(shareOf(who()))
        if (hand.item.peek()?.id === first.id) return
      }
    },
  }
})
export type Presence = InstanceType<typeof Presence>

/** A number from 0 to 1 that a person always has, and hardly two have alike: FNV-1a, mixed. */
function shareOf(id: string): number {
  let hash = 0x811c9dc5
  for (const character of id) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32
}
