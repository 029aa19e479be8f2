import type { World } from '../commands/world.ts'
import { iso } from '../store/database.ts'
import * as queue from '../store/queue.ts'
import type { QueuePosition } from '../store/queueOrder.ts'
import * as searchIndex from '../store/searchIndex.ts'
import { dayAt, positionOf, seqAt } from '../store/searchPositions.ts'
import * as source from '../store/searchSource.ts'
import { type AskedSearch, planOf, type SearchPlan } from './searchPlan.ts'

/** A page by the index. */
export interface IndexedRows {
  rows: queue.QueueRow[]
  next: QueuePosition | null
  lookedTo: string | null
  /** Whether more happened since the index was brought up to date than is looked at besides. */
  isBehind: boolean
}

/** Times that the index is asked for one page: it may propose comments that are not meant. */
const rounds = 3

/**
 * A page of what a search finds in the index, and how far that has come; without a page while it is built. What has
 * happened since the index was brought up to date is looked at besides.
 *
 * @param isMeant decides of each comment that is proposed
 */
export async function byIndex(
  { db }: World,
  index: Parameters<typeof searchIndex.find>[0],
  asked: AskedSearch,
  isMeant: (row: queue.QueueRow) => boolean,
): Promise<{ progress: searchIndex.Progress | null; part: IndexedRows | null }> {
  const limit = asked.limit + 1
  let plan = planOf(asked, asked.after)
  const [progress, first] = await Promise.all([
    searchIndex.progress(index),
    searchIndex.find(index, { ...plan, limit }),
  ])
  if (!progress || progress.event === null || progress.buildBelow > 0) return { progress, part: null }
  const found = new Map<number, queue.QueueRow>()
  const add = (rows: queue.QueueRow[]) => {
    for (const row of rows) if (isMeant(row)) found.set(positionOf(row), row)
  }
  let proposed = first
  const changed: queue.QueueRow[] = []
  let isBehind = false
  for (let round = 1; ; round++) {
    const [rows, latest, last] = await Promise.all([
      proposed.length > 0 ? read(db, asked, { seqs: proposed.map(seqAt) }) : [],
      round === 1 ? read(db, asked, { changedSince: progress.event }) : [],
      round === 1 ? source.latest(db) : null,
    ])
    if (last) isBehind = last.event - progress.event > queue.mostChanges
    add(rows)
    changed.push(...latest)
    const end = proposed.length === limit ? proposed.at(-1) : undefined
    add(
      changed.filter((row) => {
        const position = positionOf(row)
        const isOfPageBefore = asked.after !== null && !isBefore(plan, asked.after.seq, position)
        return !isOfPageBefore && (end === undefined || isBefore(plan, position, end))
      }),
    )
    if (end === undefined) return { progress, part: { ...pageOf(found, asked.limit, plan, null), isBehind } }
    // Half of a page is shown, and the next one goes on from there.
    if (2 * found.size >= limit || round === rounds)
      return { progress, part: { ...pageOf(found, asked.limit, plan, end), isBehind } }
    plan = planOf(asked, { seq: end, by: 0 })
    proposed = await searchIndex.find(index, { ...plan, limit })
  }
}

/** Comments of a list, by their numbers or by what happened. */
function read(
  db: World['db'],
  { tab, author, threadId, limit }: AskedSearch,
  which: { seqs: number[] } | { changedSince: number },
): Promise<queue.QueueRow[]> {
  const filter = {
    tab,
    author,
    threadId,
    siteId: null,
    text: null,
    ids: null,
    after: null,
    unless: null,
  } as const
  return queue.page(db, { ...filter, sort: 'waiting', limit: limit + 50, ...which })
}

/** Whether a position comes before another. */
const isBefore = ({ order }: SearchPlan, one: number, other: number) =>
  order === 'ASC' ? one < other : one > other

/** @param last the last position that was looked at; null where that was the end */
function pageOf(
  found: Map<number, queue.QueueRow>,
  limit: number,
  plan: SearchPlan,
  last: number | null,
): Omit<IndexedRows, 'isBehind'> {
  const way = plan.order === 'ASC' ? 1 : -1
  const sorted = [...found].sort(([one], [other]) => way * (one - other))
  const rows = sorted.slice(0, limit)
  const next = sorted.length > limit ? (rows.at(-1)?.[0] ?? null) : last
  return {
    rows: rows.map(([, row]) => row),
    next: next === null ? null : { seq: next, by: 0 },
    lookedTo: rows.length < limit && last !== null ? iso(dayAt(last)) : null,
  }
}
