import { computed, createModel, type Signal, signal } from '@preact/signals'
import type { QueueItem } from '../../../worker/contract/queue.ts'

/** Where the moderator is: one comment in hand, perhaps a selection, perhaps a reason being chosen. */
export const Cursor = createModel((items: Signal<QueueItem[]>) => {
  const inHand = signal<string | null>(null)
  const selected = signal<ReadonlySet<string>>(new Set())
  /** What a reason is being chosen for. */
  const choosing = signal<'reject' | 'reject_change' | null>(null)
  /** Whether an answer to the comment in hand is being written. */
  const answering = signal(false)
  /** Whether all of a long comment in hand is shown. */
  const expanded = signal(false)
  /** On a narrow screen, whether what is known of the comment in hand lies over the list. */
  const detailed = signal(false)
  /** Names of others, by the comment that each has in hand; and what they left a moment ago and may have decided. */
  const others = signal<ReadonlyMap<string, string>>(new Map())
  const left = signal<ReadonlySet<string>>(new Set())
  /** What came into hand by itself, as the one that follows, until something is taken. */
  const followed = signal<string | null>(null)
  /** Whether a mouse rests on the list. */
  const hovering = signal(false)
  /** The end of the next range selection. */
  let anchor: string | null = null

  const indexOf = (id: string | null) => items.peek().findIndex((item) => item.id === id)

  function take(id: string | null) {
    // A click can reach a row that has just gone.
    if (id !== null && indexOf(id) < 0) return
    if (id !== inHand.peek()) {
      choosing.value = null
      answering.value = false
      expanded.value = false
      detailed.value = false
    }
    inHand.value = id
    followed.value = null
  }

  /** Whether somebody else is at a comment, or was until a moment ago. */
  const isElsewhere = ({ id }: QueueItem) => others.peek().has(id) || left.peek().has(id)

  /** Takes what follows a place of those that may be taken: what is nobody else's before what somebody is at. */
  function follow(at: number, mayBe: (item: QueueItem) => boolean) {
    const [above, below] = [items.peek().slice(0, Math.max(at, 0)), items.peek().slice(Math.max(at, 0))]
    const isFree = (item: QueueItem) => mayBe(item) && !isElsewhere(item)
    const next =
      below.find(isFree) ?? above.findLast(isFree) ?? below.find(mayBe) ?? above.findLast(mayBe) ?? null
    take(next?.id ?? null)
    followed.value = next?.id ?? null
  }

  function toggle(id: string, on = !selected.peek().has(id)) {
    const next = new Set(selected.peek())
    if (on) next.add(id)
    else next.delete(id)
    anchor = id
    selected.value = next
  }

  return {
    inHand,
    others,
    left,
    selected,
    choosing,
    answering,
    expanded,
    detailed,
    hovering,
    /** While true, nothing on screen may move or change its number by itself. */
    on: computed(() => hovering.value || choosing.value !== null || answering.value || detailed.value),
    /** Whether all that are shown are selected. */
    hasAll: computed(() => items.value.every(({ id }) => selected.value.has(id))),
    item: computed(() => items.value.find((item) => item.id === inHand.value) ?? null),
    take,
    /** Takes the neighbour `by` steps down the list (up when negative). */
    move(by: number) {
      const list = items.peek()
      const at = indexOf(inHand.peek())
      const to = at < 0 ? 0 : Math.min(Math.max(at + by, 0), list.length - 1)
      take(list[to]?.id ?? null)
    },
    /** Leaves comments that are about to go: the next that stays and is nobody else's is taken, else one before. */
    leave(ids: ReadonlySet<string>) {
      const at = indexOf(inHand.peek())
      selected.value = new Set([...selected.peek()].filter((id) => !ids.has(id)))
      if (ids.has(inHand.peek() ?? '')) follow(at, ({ id }) => !ids.has(id))
    },
    /** Goes on from what came by itself, where somebody else turns out to be at it and something is nobody's. */
    passOn() {
      const id = followed.peek()
      if (id === null || id !== inHand.peek() || !others.peek().has(id)) return
      if (items.peek().some((item) => !isElsewhere(item))) follow(indexOf(id), (item) => item.id !== id)
    },
    /** Takes the first that is nobody else's, from a share (0 to 1) of the list on. */
    begin(share: number) {
      if (items.peek().some((item) => !isElsewhere(item)))
        follow(Math.floor(share * items.peek().length), () => true)
    },
    toggle,
    /** Selects all from the last toggled comment to this one. */
    extend(id: string) {
      const from = indexOf(anchor)
      const to = indexOf(id)
      if (from < 0 || to < 0) return toggle(id, true)
      const range = items.peek().slice(Math.min(from, to), Math.max(from, to) + 1)
      selected.value = new Set([...selected.peek(), ...range.map((item) => item.id)])
    },
    selectAll() {
      selected.value = new Set(items.peek().map((item) => item.id))
    },
    /** Selects just these. */
    select(ids: string[]) {
      anchor = null
      choosing.value = null
      answering.value = false
      selected.value = new Set(ids)
    },
    clear() {
      choosing.value = null
      answering.value = false
      selected.value = new Set()
    },
  }
})
export type Cursor = InstanceType<typeof Cursor>
