import type { Tab } from '../contract/queue.ts'
import { statuses } from '../contract/status.ts'

/** An index that has comments by time, and which those are; null where a filter says it all, or names their rows. */
export interface List {
  index: string | null
  has: string | null
}

const conditions: Record<Tab, string | null> = {
  held: "c.status = 'pending'",
  flagged: "c.flags > 0 AND c.status = 'approved'",
  appeals: "c.appeal_state = 'open'",
  spam: "c.status = 'spam'",
  all: null,
}

/** What is asked of the queue, as far as it says which lists have it. */
interface Asked {
  tab: Tab
  siteId: string | null
  author: string | null
  threadId: number | null
  ids: string[] | null
  seqs?: number[] | null
  changedSince?: number | null
}

/**
 * A query of comments that are in some lists, narrowed by more conditions. Ordered by time it reads the lists side by
 * side, each no further than its limit goes; so among its columns are `seq` and `created_at`.
 */
export function inLists(lists: List[], where: string[], columns = 'c.*'): string {
  const parts = lists.map(({ index, has }) => {
    const all = [...(has === null ? [] : [has]), ...where]
    return `SELECT ${columns} FROM comments c ${index ? `INDEXED BY ${index}` : 'NOT INDEXED'} WHERE ${all.join(' AND ')}`
  })
  return parts.length === 1
    ? (parts[0] as string)
    : `SELECT * FROM (${parts.join(' UNION ALL ')}) c WHERE TRUE`
}

/** All comments of a site. */
export const listsOfSite = (siteId: string): List[] =>
  listsFor({ tab: 'all', siteId, author: null, threadId: null, ids: null })

/** The lists that have the comments of a tab by time, together and none twice. */
export function listsFor({ tab, siteId, author, threadId, ids, seqs, changedSince }: Asked): List[] {
  const has = conditions[tab]
  if (seqs) return [{ index: null, has }]
  if (ids !== null || typeof changedSince === 'number') return [{ index: 'sqlite_autoindex_comments_1', has }]
  if (author !== null) return [{ index: 'comments_author', has }]
  if (threadId !== null) return listsOfThread(tab)
  const of = siteId === null ? '' : '_site'
  if (tab !== 'all') return [{ index: `comments_${tab}${of}`, has }]
  return [
    { index: `comments_held${of}`, has: conditions.held },
    { index: `comments_spam${of}`, has: conditions.spam },
    ...(siteId === null ? [settled] : settledOfSite),
  ]
}

const settled: List = {
  index: 'comments_settled',
  has: "c.status IN ('approved', 'rejected', 'deleted')",
}

/** What is settled on a site stands in lists that others read: of what readers see, and of what was refused. */
const settledOfSite: List[] = [
  { index: 'comments_shown_site', has: "c.shown_revision IS NOT NULL AND c.status = 'approved'" },
  ...['rejected', 'deleted'].map((status) => ({
    index: 'comments_refused',
    has: `c.status IN ('rejected', 'deleted') AND c.status = '${status}'`,
  })),
]

/** One index has the comments of a thread, by status and time. */
function listsOfThread(tab: Tab): List[] {
  if (tab === 'flagged' || tab === 'appeals')
    return [{ index: `comments_${tab}_thread`, has: conditions[tab] }]
  if (tab !== 'all') return [{ index: 'comments_thread', has: conditions[tab] }]
  return statuses.map((status) => ({ index: 'comments_thread', has: `c.status = '${status}'` }))
}
