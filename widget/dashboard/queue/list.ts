import { batch, computed, createModel, effect, signal } from '@preact/signals'
import type { QueueItem, QueuePage, Tab } from '../../../worker/contract/queue.ts'
import type { SearchState } from '../../../worker/contract/queueFilter.ts'
import type { Connection } from '../core/connection.ts'
import { sortOf, unfiltered, type Whereabouts } from '../core/location.ts'
import { Cursor } from './cursor.ts'
import { usualReason } from './holdReason.ts'
import type { InFlight } from './inFlight.ts'
import { merge, putBack } from './merge.ts'
import { Notes } from './rowNotes.ts'

/** The one list in which what comes later never stands above. */
const oldestFirst = (listed: Whereabouts) => listed.tab === 'held' && sortOf(listed) === 'waiting'

/** The comments on screen. They change without moving what the hand is on. */
export const List = createModel((connection: Connection, inFlight: InFlight) => {
  const items = signal<QueueItem[]>([])
  /** New comments that would push others down: offered until asked for. */
  const fresh = signal<QueueItem[]>([])
  /** Why most of the held comments wait, said once above them. */
  const usual = signal<string | undefined>(undefined)
  const next = signal<string | null>(null)
  const counts = signal<Record<Tab, number> | null>(null)
  /** How what is searched for was looked for. */
  const search = signal<SearchState | null>(null)
  const cursor = new Cursor(items)
  const notes = new Notes(connection)
  let listed: Whereabouts = { ...unfiltered, page: 'queue', tab: 'held', site: '', sort: 'waiting' }
  /** Ids as the worker last had them in order. */
  let order: string[] = []
  let counted: Record<Tab, number> | null = null

  effect(() => {
    if (!cursor.on.value && counted) counts.value = counted
  })

  function drop(ids: ReadonlySet<string>) {
    cursor.leave(ids)
    items.value = items.peek().filter((item) => !ids.has(item.id))
    for (const id of ids) notes.set(id, null)
  }

  function count(by: number) {
    const now = counts.peek()
    const { tab } = listed
    if (now) counts.value = counted = { ...now, [tab]: Math.max(0, now[tab] + by) }
  }

  return {
    items,
    fresh,
    usual,
    next,
    counts,
    search,
    cursor,
    notes,
    empty: computed(() => items.value.length === 0 && fresh.value.length === 0),
    /** Starts another list. */
    begin(of: Whereabouts, page: QueuePage | null) {
      listed = of
      items.value = page?.items ?? []
      usual.value = of.tab === 'held' ? usualReason(items.value) : undefined
      fresh.value = []
      next.value = page?.next ?? null
      search.value = page?.search ?? null
      if (page) counts.value = counted = page.counts
      notes.clear()
      cursor.clear()
      cursor.take(page?.items[0]?.id ?? null)
    },
    append(page: { items: QueueItem[]; next: string | null }) {
      const has = new Set(items.peek().map((item) => item.id))
      items.value = [...items.peek(), ...page.items.filter((item) => !has.has(item.id))]
      next.value = page.next
    },
    /**
     * Shown comments that the present first page lacks and should have, were its order that of time. In
     * the others a comment stands elsewhere whenever it is scored anew, and may wait as before.
     */
    doubtful(page: QueuePage): string[] {
      if (sortOf(listed) === 'waiting' || page.next === null) return []
      return merge(items.peek(), page, next.peek(), false).gone
    },
    /** Brings in the present first page, where `staying` wait as well; false when not all could be believed. */
    receive(page: QueuePage, setOut: number, staying: string[] = []): boolean {
      const believed = page.items.filter((item) => inFlight.believes(item.id, setOut))
      const merged = merge(items.peek(), { ...page, items: believed }, next.peek(), oldestFirst(listed))
      const leaving = merged.gone.filter((id) => {
        const note = notes.all.peek().get(id)?.kind
        return (
          !staying.includes(id) && inFlight.believes(id, setOut) && note !== 'departed' && note !== 'lost'
        )
      })
      items.value = merged.items
      fresh.value = merged.fresh
      order = page.items.map((item) => item.id)
      next.value = merged.next
      search.value = page.search ?? null
      for (const id of merged.edited) notes.set(id, { kind: 'edited' })
      counted = page.counts
      if (!cursor.on.peek()) counts.value = counted
      if (!cursor.item.peek()) cursor.take(merged.items[0]?.id ?? null)
      if (leaving.length) notes.depart(leaving)
      return believed.length === page.items.length
    },
    /** Rows whose departure was told go, unless that would move something under the hand. */
    sweep() {
      const gone = [...notes.all.peek()].filter(([, note]) => note.kind === 'departed')
      if (gone.length && !cursor.on.peek()) drop(new Set(gone.map(([id]) => id)))
    },
    /** Shows the offered comments and puts the first of them in hand. */
    showFresh() {
      const first = fresh.peek()[0]
      items.value = fresh.peek().reduce((all, item) => putBack(all, item, order), items.peek())
      fresh.value = []
      if (first) cursor.take(first.id)
    },
    /** Takes comments off the list and off its count. */
    takeOut(ids: string[]) {
      batch(() => {
        count(-ids.length)
        drop(new Set(ids))
      })
    },
    /** Shows a comment again where it was in that order of the list. */
    putBack(item: QueueItem, order: string[]) {
      count(1)
      items.value = putBack(items.peek(), item, order)
    },
    /** Shows a comment's new state in its place. */
    update(item: QueueItem) {
      items.value = items.peek().map((other) => (other.id === item.id ? item : other))
    },
    /** Forgets a told note; with it the row, when the comment doesn't belong here any more. */
    dismiss(id: string, leaves: boolean) {
      if (leaves) drop(new Set([id]))
      else notes.set(id, null)
    },
  }
})
export type List = InstanceType<typeof List>
