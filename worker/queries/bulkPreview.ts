import type { World } from '../commands/world.ts'
import { type BulkPreview, mostCounted } from '../contract/bulkActs.ts'
import { statuses } from '../contract/status.ts'
import { type MatchRow, matches, matchingOf } from '../store/bulkMatches.ts'
import { tallies } from '../store/tallies.ts'
import { titlesOf } from '../store/threadTitles.ts'
import { excerpt } from './excerpt.ts'
import { perSite } from './perSite.ts'
import { type ActFilter, soughtComments } from './soughtComments.ts'

/** Pages and comments that are shown of them. */
const shown = 5

/** How much of each of those comments, in characters. */
const shownOf = 120

/** Comments of a search that are read at a time. */
const lookedAtOnce = 500

interface Asked {
  filter: ActFilter
  /** Of these sites; null for all. */
  siteIds: string[] | null
}

/** What an act on all comments that match would touch. */
export async function bulkPreview(world: World, asked: Asked): Promise<BulkPreview> {
  const [{ found, more }, tallied] = await Promise.all([look(world, asked), tallyOf(world, asked)])
  const counts = Object.fromEntries(
    statuses.map((status) => [status, found.filter((row) => row.status === status).length]),
  ) as BulkPreview['statuses']
  const byThread = Array.from(Map.groupBy(found, ({ threadId }) => threadId).values())
    .sort((one, other) => other.length - one.length)
    .slice(0, shown)
  const titles = await titlesOf(
    world.db,
    byThread.map(([row]) => (row as MatchRow).threadId),
  )
  return {
    matching: tallied ?? found.length,
    more: tallied === null && more,
    statuses: counts,
    pages: byThread.map((rows) => {
      const { threadId, siteId } = rows[0] as MatchRow
      return { threadId, siteId, title: titles.get(threadId) ?? '', count: rows.length }
    }),
    sample: found.slice(0, shown).map((row) => ({
      ...{ id: row.id, author: row.name, status: row.status },
      excerpt: excerpt(row.words, shownOf),
    })),
  }
}

/** How many comments match; null where they are too many to be counted. */
export async function countMatches(world: World, asked: Asked): Promise<number | null> {
  const tallied = await tallyOf(world, asked)
  if (tallied !== null) return tallied
  const { found, more } = await look(world, asked)
  return more ? null : found.length
}

/** What a whole tab has is counted with each decision; null for what is narrower. */
async function tallyOf({ db }: World, { filter, siteIds }: Asked): Promise<number | null> {
  const { tab, author, thread, q, ids } = filter
  const isWhole = !author && thread === undefined && !q && !ids
  return isWhole ? (await tallies(db, siteIds))[tab] : null
}

/** Some of the comments that match, and whether there are more. */
const look = (world: World, asked: Asked): Promise<{ found: MatchRow[]; more: boolean }> =>
  asked.filter.q ? lookBySearch(world, asked) : lookByPlace(world, asked)

async function lookBySearch(world: World, { filter, siteIds }: Asked) {
  const found: MatchRow[] = []
  let after: number | null = null
  for (let part = 0; part < mostCounted / lookedAtOnce; part++) {
    const { rows, next } = await soughtComments(world, { filter, siteIds, after, limit: lookedAtOnce })
    for (const { seq, id, status, name, body, threadId, siteId, erased } of rows)
      if (erased === 0)
        found.push({ seq, id, status, name, words: body.slice(0, 200), threadId, siteId, erased })
    after = next
    if (after === null) break
  }
  return { found, more: after !== null }
}

async function lookByPlace({ db }: World, { filter, siteIds }: Asked) {
  const limit = mostCounted
  let looked = 0
  const found = await perSite(
    siteIds,
    async (siteId) => {
      const asked = { ...matchingOf(filter, siteId), after: null, upTo: Number.MAX_SAFE_INTEGER, limit }
      const read = await matches(db, asked)
      looked = Math.max(looked, read.all)
      return read.found.filter(({ erased }) => erased === 0)
    },
    { order: (one, other) => other.seq - one.seq, limit },
  )
  return { found, more: looked >= limit }
}
