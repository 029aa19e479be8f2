import type { World } from '../commands/world.ts'
import type { FlagReason } from '../contract/flagReasons.ts'
import type { FlaggedPage, FlagSort, MutedReporter, OpenFlag } from '../contract/flags.ts'
import type { Page } from '../contract/page.ts'
import { iso } from '../store/database.ts'
import * as lists from '../store/flagLists.ts'
import * as phrases from '../store/phrases.ts'
import * as queue from '../store/queue.ts'
import * as reporters from '../store/reporters.ts'
import { perSite } from './perSite.ts'
import { queueItems } from './queueItems.ts'

/** Comments that a page has, and how many it looks at for them where one reason is asked for. */
const perPage = 20
const looked = 60

interface Asked {
  /** Of these sites; null for all. */
  siteIds: string[] | null
  sort: FlagSort
  reason: FlagReason | null
  after: lists.FlaggedPlace | null
}

/** A page of comments with open flags. It takes three round trips to the database. */
export async function flagsPage({ db }: World, { siteIds, ...asked }: Asked): Promise<FlaggedPage> {
  const limit = asked.reason === null ? perPage + 1 : looked
  const window = await perSite(siteIds, (siteId) => lists.flagged(db, { siteId, ...asked, limit }), {
    ...{ order: lists.inOrder, limit },
  })
  const matching = window.filter(({ matches }) => matches)
  const listed = matching.slice(0, perPage)
  const seqs = listed.map(({ seq }) => seq)
  const [rows, flags] = await Promise.all([
    seqs.length > 0
      ? queue.page(db, { ...queue.unfiltered, siteId: null, seqs, limit: seqs.length })
      : Promise.resolve([]),
    lists.openFlags(db, seqs),
  ])
  const [items, reasons] = await Promise.all([
    queueItems(db, rows),
    phrases.ownReasons(
      db,
      rows.map((row) => row.siteId),
    ),
  ])
  const comments = new Map(rows.map(({ seq }, at) => [seq, items[at]]))
  const last = matching.length > perPage ? listed.at(-1) : window.length === limit ? window.at(-1) : undefined
  return {
    items: listed.flatMap(({ seq, openFlags, lastFlagAt }) => {
      const comment = comments.get(seq)
      const told = flags.get(seq) ?? []
      return comment
        ? [{ comment, count: openFlags, latestAt: iso(lastFlagAt), flags: told.map(openFlagView) }]
        : []
    }),
    next: last ? `${last.by}~${last.seq}` : null,
    ...(Object.keys(reasons).length > 0 && { reasons }),
  }
}

/** A flag as staff sees it. */
export const openFlagView = (flag: lists.OpenFlagRow): OpenFlag => ({
  ...{
    reason: flag.reason,
    note: flag.note,
    at: iso(flag.at),
    weight: flag.weight,
    atOnce: flag.atOnce === 1,
  },
  reporter: { id: flag.reporter, upheld: flag.upheld, refused: flag.refused },
})

const mutedPerPage = 50

/** A page of those whose reports count nowhere. */
export async function mutedPage(
  { db }: World,
  { siteIds, after }: { siteIds: string[] | null; after: { at: number; id: string } | null },
): Promise<Page<MutedReporter>> {
  const limit = mutedPerPage + 1
  const before = after ?? { at: Number.MAX_SAFE_INTEGER, id: '' }
  const found = await perSite(siteIds, (siteId) => reporters.muted(db, { siteId, before, limit }), {
    order: (one, other) => other.mutedAt - one.mutedAt || (one.id < other.id ? 1 : -1),
    limit,
  })
  const rows = found.slice(0, mutedPerPage)
  const last = found.length > mutedPerPage ? rows.at(-1) : undefined
  return {
    items: rows.map(({ siteId, siteName, mutedAt, ...row }) => ({
      ...{ id: row.id, upheld: row.upheld, refused: row.refused, mutedBy: row.mutedBy },
      ...{ site: { id: siteId, name: siteName }, mutedAt: iso(mutedAt) },
    })),
    next: last ? `${last.mutedAt}~${last.id}` : null,
  }
}
