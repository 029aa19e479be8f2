import type { D1Database } from '@cloudflare/workers-types'
import type { Band, Verdict } from '../contract/findings.ts'
import type { QueueSort, Tab } from '../contract/queue.ts'
import type { Status } from '../contract/status.ts'
import { all, sql } from './database.ts'
import type { DecisionColumns } from './decidedComments.ts'
import { byLearner, isAscending, orderOf, type QueuePosition } from './queueOrder.ts'
import { type Bound, versionOf } from './tallies.ts'
import { inTime } from './timeOrder.ts'

/** A comment as the moderation queue reads it. */
export interface QueueRow extends DecisionColumns {
  seq: number
  id: string
  revision: number
  status: Status
  shownRevision: number | null
  body: string
  content: string
  name: string
  email: string | null
  url: string | null
  createdAt: number
  editedAt: number | null
  verdict: Verdict | null
  findings: string
  band: Band | null
  score: number
  doubt: number
  audited: Verdict | null
  sameAddress: number | null
  flags: number
  pinned: number
  appeal: string | null
  authorId: string
  badge: string | null
  approved: number
  vouched: number
  rejected: number
  spam: number
  firstSeen: number
  threadId: number
  threadKey: string
  threadUrl: string
  threadTitle: string
  givenTitle: string | null
  closedAt: number | null
  checked: number
  siteId: string
  parentId: string | null
  parentName: string | null
  parentContent: string | null
}

export interface QueueFilter {
  tab: Tab
  siteId: string | null
  /** An author's public id. */
  author: string | null
  threadId: number | null
  /** Text that body or name contains, in any case; looked for in the latest 2,000 of the tab. */
  text: string | null
  /** These comments and no others. */
  ids: string[] | null
  /** Another order than the tab's own; for the held comments of one site, and with no other filter. */
  sort: QueueSort
  after: QueuePosition | null
  limit: number
  /** Nothing is read while the tallies of some sites, or of all, have a version. */
  unless: { version: number; siteIds: string[] | null } | null
}

const searched = 2000

const conditions: Record<Tab, string> = {
  held: "c.status = 'pending'",
  flagged: "c.flags > 0 AND c.status = 'approved'",
  spam: "c.status = 'spam'",
  all: 'TRUE',
}

/** The index that has just the comments of a filter, in order. */
function indexFor({ tab, siteId, author, threadId, ids, sort }: QueueFilter): string {
  if (sort !== 'waiting') return `INDEXED BY ${byLearner[sort].index}`
  if (ids !== null) return 'INDEXED BY sqlite_autoindex_comments_1'
  if (author !== null) return 'INDEXED BY comments_author'
  if (threadId !== null) return `INDEXED BY comments_${tab === 'all' ? 'thread' : `${tab}_thread`}`
  if (tab === 'all') return siteId === null ? 'INDEXED BY comments_all' : 'INDEXED BY comments_site'
  return `INDEXED BY comments_${tab}${siteId === null ? '' : '_site'}`
}

/** A page of the moderation queue: held comments oldest first, the others newest first. */
export async function page(db: D1Database, filter: QueueFilter): Promise<QueueRow[]> {
  const values: unknown[] = []
  const bound = (value: unknown) => `?${values.push(value)}`
  const { text, limit } = filter
  const matching = matchingPart(filter, bound, text === null ? bound(limit) : String(searched))
  const looked = text === null ? 'TRUE' : textIn(bound(text))
  const { version, siteIds } = filter.unless ?? { version: -1, siteIds: [] }
  const tallied = versionOf(siteIds, bound)
  const rows = await all<QueueRow>(
    sql(
      db,
      `SELECT c.seq, c.id, c.revision, c.status, c.shown_revision AS shownRevision, c.body, c.content, c.name,
         c.email, c.url, c.created_at AS createdAt, c.edited_at AS editedAt, c.verdict, c.findings, c.band, c.score, c.doubt, c.audited,
         c.same_address AS sameAddress, c.flags, c.pinned_at IS NOT NULL AS pinned, c.appeal,
         c.author_public_id AS authorId, a.badge, a.approved, a.vouched, a.rejected, a.spam,
         a.created_at AS firstSeen, t.id AS threadId, t.key AS threadKey,
         CASE t.count WHEN 0 THEN c.page_url ELSE t.url END AS threadUrl,
         coalesce(t.given_title, CASE t.count WHEN 0 THEN c.page_title ELSE t.title END) AS threadTitle,
         t.given_title AS givenTitle, t.closed_at AS closedAt,
         t.checked, c.site_id AS siteId, c.parent_id AS parentId,
         p.name AS parentName, coalesce(p.shown_content, p.content) AS parentContent, d.id AS decisionId,
         d.action, d.reason, d.actor_kind AS byKind, d.actor_name AS byName, d.decided_at AS decidedAt
       FROM (${matching}) c
         CROSS JOIN authors a ON a.id = c.author_id
         CROSS JOIN threads t ON t.id = c.thread_id
         LEFT JOIN comments p ON p.seq = c.parent_seq
         LEFT JOIN decisions d ON d.id = c.decision_id
       WHERE ${looked} LIMIT iif((${tallied}) = ${bound(version)}, 0, ${bound(limit)})`,
      ...values,
    ),
  )
  return rows.sort(orderOf(filter))
}

const textIn = (text: string) =>
  `(instr(lower(c.body), lower(${text})) OR instr(lower(c.name), lower(${text})))`

/** The comments of a filter after the page before, in order. */
function matchingPart(filter: QueueFilter, bound: Bound, limit: string): string {
  const { tab, siteId, author, threadId, ids, sort, after } = filter
  const where = [
    conditions[tab],
    ...(sort === 'waiting' ? [] : ['c.verdict IS NOT NULL']),
    ...(author === null ? [] : [`c.author_id = (SELECT id FROM authors WHERE public_id = ${bound(author)})`]),
    ...(threadId === null ? [] : [`c.thread_id = ${bound(threadId)}`]),
    ...(ids === null ? [] : [`c.id IN (SELECT value FROM json_each(${bound(JSON.stringify(ids))}))`]),
    ...(siteId === null ? [] : [`c.site_id = ${bound(siteId)}`]),
  ]
  const listed = (condition: string) =>
    `SELECT c.* FROM comments c ${indexFor(filter)} WHERE ${where.join(' AND ')} AND ${condition}`
  if (sort === 'waiting')
    return inTime('c', listed, {
      ...{ order: isAscending(filter) ? 'ASC' : 'DESC', from: after && bound(after.seq), limit },
    })
  const { column, ascending } = byLearner[sort]
  const beyond = after
    ? `(c.${column}, c.seq) ${ascending ? '>' : '<'} (${bound(after.by)}, ${bound(after.seq)})`
    : 'TRUE'
  const way = ascending ? 'ASC' : 'DESC'
  return `${listed(beyond)} ORDER BY c.${column} ${way}, c.seq ${way} LIMIT ${limit}`
}
