import type { QueueSort, Tab } from '../contract/queue.ts'

/** What a list is ordered as. */
interface Asked {
  tab: Tab
  sort: QueueSort
}

/** What comments are ordered by. */
type Row = Record<'seq' | 'createdAt' | 'doubt' | 'score', number>

/** Where a page ended: its last comment's `seq`, and what `sort` orders by. */
export interface QueuePosition {
  seq: number
  by: number
}

/** Held comments that screening has looked at, by the learner's word: the index and what it orders by. */
export const byLearner = {
  hardest: { index: 'comments_held_hardest', column: 'doubt', ascending: false },
  fine: { index: 'comments_held_fine', column: 'score', ascending: true },
} as const

/** Whether the least stands first. */
export const isAscending = ({ tab, sort }: Asked) =>
  sort === 'waiting' ? tab === 'held' : byLearner[sort].ascending

/** How two comments of a page stand to each other. */
export function orderOf(filter: Asked): (one: Row, other: Row) => number {
  const by = filter.sort === 'waiting' ? ('createdAt' as const) : byLearner[filter.sort].column
  const way = isAscending(filter) ? 1 : -1
  return (one, other) => way * (one[by] - other[by] || one.seq - other.seq)
}

/** Where a page ended, for the next. */
export const positionOf = (row: Row, sort: QueueSort): QueuePosition => ({
  seq: row.seq,
  by: sort === 'waiting' ? 0 : row[byLearner[sort].column],
})
