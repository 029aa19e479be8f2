import type { World } from '../commands/world.ts'
import { searchableOf } from '../queries/searchableOf.ts'
import { tagExpression, tokensOf } from '../search/tokens.ts'
import { mainDatabase, searchDatabase } from '../store/database.ts'
import * as queue from '../store/queue.ts'
import * as searchIndex from '../store/searchIndex.ts'
import * as positions from '../store/searchPositions.ts'
import * as source from '../store/searchSource.ts'
import { tallies } from '../store/tallies.ts'
import { askIndexer } from './enqueue.ts'

/** Events that one step follows, and comments that it reads besides: so its work has a bound. */
const mostEvents = 100
const mostRead = 50

/** What changes the name or the key of a page: of all its comments at once. */
const renaming = new Set(['thread.rename', 'thread.move', 'thread.unmove'])

/** Whether there is an index and it has not followed all that happened. Without one, nothing is kept for it. */
export async function isBehind({ env, db }: World): Promise<boolean> {
  // It has what the main database holds.
  if (db !== mainDatabase(env)) return false
  const index = searchDatabase(env)
  const [latest, now] = await Promise.all([source.latest(db), index && searchIndex.progress(index)])
  if (index && now) return latest.isAnyUnindexed || now.event !== latest.event || now.buildBelow > 0
  if (latest.isAnyUnindexed) await source.lookAtNone(db)
  return false
}

/** Brings the index a step further, and asks for the next one while it is behind. */
export async function indexComments(world: World): Promise<void> {
  const { env } = world
  const index = searchDatabase(env)
  if (!index) return
  const isDone = await indexStep(world, mostRead)
  await searchIndex.rest(index)
  if (!isDone || (await isBehind({ ...world, db: mainDatabase(env) }))) await askIndexer(env, Date.now(), 0)
}

/** Brings the index up to date at once, as far as some steps go, for what must find all that there is. */
export async function catchUp(world: World, mostSteps: number): Promise<void> {
  for (let step = 0; step < mostSteps && (await isBehind(world)); step++) await indexStep(world, mostRead)
}

/**
 * One step of indexing: what happened since the last one, and some of the comments that were there before.
 *
 * @returns whether nothing was left to do
 */
export async function indexStep({ env, now }: World, most: number): Promise<boolean> {
  const db = mainDatabase(env)
  const index = searchDatabase(env)
  const before = index && (await begun(index, db))
  if (!index || !before) return true
  const { event, buildBelow } = before
  const [again, ofThread, events, stale, older] = await Promise.all([
    searchIndex.unscreened(index, most),
    threadSlice(index, before, most),
    before.thread === null ? source.eventsAfter(db, event ?? 0, mostEvents) : [],
    source.unindexed(db, mostEvents),
    buildBelow > 0 ? source.below(db, buildBelow, most) : [],
  ])
  const renamedAt = events.findIndex(({ act }) => renaming.has(act))
  const followed = renamedAt < 0 ? events : events.slice(0, renamedAt + 1)
  const seqs = [...again, ...ofThread.map(positions.seqAt), ...stale.map(({ seq }) => seq), ...older]
  const ids = followed.flatMap(({ commentId }) => commentId ?? [])
  const rows = await commentsOf(db, [...new Set(seqs)], [...new Set(ids)])
  const found = new Set(rows.map(({ seq }) => seq))
  const gone = stale.filter(({ seq }) => !found.has(seq))
  const isWaiting = (row: queue.QueueRow) => row.status === 'pending' && row.verdict === null
  const waiting = rows.filter(isWaiting).map(({ seq }) => seq)
  const renamed = renamedAt < 0 ? null : (events[renamedAt]?.threadId ?? null)
  const next = {
    ...before,
    event: followed.at(-1)?.id ?? event,
    buildBelow: older.length < most ? 0 : (older.at(-1) ?? 0),
    built: before.built + older.length,
    ...(renamed !== null
      ? { thread: renamed, threadBelow: positions.end }
      : ofThread.length < most
        ? { thread: null, threadBelow: null }
        : { threadBelow: ofThread.at(-1) ?? null }),
  }
  const isWritten = await searchIndex.write(index, before, {
    documents: rows.map((row) => ({
      position: positions.positionOf(row),
      tokens: tokensOf(searchableOf(row)),
    })),
    removed: gone.map(({ seq, day }) => positions.positionIn(day, seq)),
    unscreened: waiting,
    screened: again.filter((seq) => !waiting.includes(seq)),
    takenBackAt: gone.length > 0 || rows.some(({ body }) => body === '') ? now : null,
    progress: next,
  })
  if (!isWritten) return false
  await source.looked(db, stale)
  return (
    next.buildBelow === 0 && next.thread === null && events.length < mostEvents && stale.length < mostEvents
  )
}

type Database = Parameters<typeof searchIndex.progress>[0]

/** How far the index has come. It is begun, or begun anew where the database is an older one than it followed. */
async function begun(index: Database, db: Database): Promise<searchIndex.Progress | null> {
  const [known, latest] = await Promise.all([searchIndex.progress(index), source.latest(db)])
  if (!known || (known.event !== null && known.event <= latest.event)) return known
  if (known.event !== null) await searchIndex.clear(index)
  const [{ all: total }, last, cleared] = await Promise.all([
    tallies(db, null),
    source.lastComment(db),
    searchIndex.progress(index),
  ])
  const from = { event: latest.event, buildBelow: last + 1, built: 0, total, thread: null, threadBelow: null }
  return cleared && { ...cleared, ...from }
}

/** Positions of the next comments of a thread that was renamed. */
async function threadSlice(index: Database, { thread, threadBelow }: searchIndex.Progress, limit: number) {
  if (thread === null) return []
  const range = { above: -1, below: threadBelow ?? positions.end, order: 'DESC', limit } as const
  return searchIndex.find(index, { ...range, expression: tagExpression(`thread=${thread}`) })
}

async function commentsOf(db: Database, seqs: number[], ids: string[]): Promise<queue.QueueRow[]> {
  const all = {
    ...({ tab: 'all', siteId: null, author: null, threadId: null, text: null, sort: 'waiting' } as const),
    ...{ after: null, unless: null, limit: 1000 },
  }
  const [bySeq, byId] = await Promise.all([
    seqs.length > 0 ? queue.page(db, { ...all, ids: null, seqs }) : [],
    ids.length > 0 ? queue.page(db, { ...all, ids }) : [],
  ])
  return [...new Map([...bySeq, ...byId].map((row) => [row.seq, row])).values()]
}
