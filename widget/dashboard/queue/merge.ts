import type { QueueItem, QueuePage } from '../../../worker/contract/queue.ts'

export interface Merged {
  /** The list as it may be shown at once: nothing has moved, what came is at the end. */
  items: QueueItem[]
  /** New comments that belong above something shown: to be offered, not inserted. */
  fresh: QueueItem[]
  /** Shown comments that belong to the list no more. */
  gone: string[]
  /** Comments whose author made another revision. */
  edited: string[]
  next: string | null
}

/**
 * Brings the newest first page into the list on screen. The page speaks for the list down to the
 * last comment both have (or for all of it when it is the only page): what is missing above that
 * has left, what is new above that would move others, what is new below can be appended.
 */
export function merge(
  shown: QueueItem[],
  page: QueuePage,
  next: string | null,
  oldestFirst: boolean,
): Merged {
  const inPage = new Map(page.items.map((item) => [item.id, item]))
  const index = new Map(shown.map((item, at) => [item.id, at]))
  const lastShared = page.items.findLastIndex((item) => index.has(item.id))
  const disjoint = lastShared < 0
  const spoken =
    page.next === null || (disjoint && oldestFirst)
      ? shown.length
      : disjoint
        ? 0
        : Math.max(...page.items.map((item) => index.get(item.id) ?? -1)) + 1
  const unknown = (item: QueueItem) => !index.has(item.id)
  const newBelow = disjoint && shown.length > 0 && spoken === 0 ? [] : page.items.slice(lastShared + 1)
  const newAbove = disjoint && newBelow.length === 0 ? page.items : page.items.slice(0, lastShared + 1)
  return {
    items: [...shown.map((item) => inPage.get(item.id) ?? item), ...newBelow.filter(unknown)],
    fresh: newAbove.filter(unknown),
    gone: shown.slice(0, spoken).flatMap((item) => (inPage.has(item.id) ? [] : [item.id])),
    edited: shown.flatMap((item) => {
      const now = inPage.get(item.id)
      return now && now.revision !== item.revision ? [item.id] : []
    }),
    next: spoken === shown.length ? page.next : next,
  }
}

/** Puts a comment back where it was in an earlier order of the list. */
export function putBack(items: QueueItem[], item: QueueItem, order: string[]): QueueItem[] {
  const rest = items.filter((other) => other.id !== item.id)
  const at = order.indexOf(item.id)
  const following = new Set(order.slice(at + 1))
  const preceding = new Set(order.slice(0, Math.max(at, 0)))
  const before = rest.findIndex((other) => following.has(other.id))
  const place = before >= 0 ? before : rest.findLastIndex((other) => preceding.has(other.id)) + 1
  return [...rest.slice(0, place), item, ...rest.slice(place)]
}
