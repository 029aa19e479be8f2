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

export type ScoredSort = Exclude<QueueSort, 'waiting'>

/**
 * Held comments by the learner's word: the index, what it orders by, which comments it has, and what the others have
 * in place of that word.
 */
export const byLearner = {
  hardest: { index: 'comments_held_hardest', column: 'doubt', has: 'doubt > -1', none: -1, ascending: false },
  fine: { index: 'comments_held_fine', column: 'score', has: 'score < 1e9', none: 1e9, ascending: true },
} as const

/** Whether the least stands first. */
export const isAscending = ({ tab, sort }: Asked) =>
  sort === 'waiting' ? tab === 'held' || tab === 'appeals' : byLearner[sort].ascending

/** How two comments of a page stand to each other. */
export function orderOf(filter: Asked): (one: Row, other: Row) => number {
  const way = isAscending(filter) ? 1 : -1
  const inTime = (one: Row, other: Row) => one.createdAt - other.createdAt || one.seq - other.seq
  if (filter.sort === 'waiting') return (one, other) => way * inTime(one, other)
  const { column, none } = byLearner[filter.sort]
  return (one, other) =>
    one[column] === none && other[column] === none
      ? inTime(one, other)
      : way * (one[column] - other[column] || one.seq - other.seq)
}

/** Where a page ended, for the next. */
export const positionOf = (row: Row, sort: QueueSort): QueuePosition => ({
  seq: row.seq,
  by: sort === 'waiting' ? 0 : row[byLearner[sort].column],
})
