import type { D1Database } from '@cloudflare/workers-types'
import type { Band, Verdict } from '../contract/findings.ts'
import type { QueueSort, Tab } from '../contract/queue.ts'
import type { Status } from '../contract/status.ts'
import { all, first, sql } from './database.ts'
import type { DecisionColumns } from './decidedComments.ts'

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

/** Where a page ended: its last comment's `seq`, and what `sort` orders by. */
export interface QueuePosition {
  seq: number
  by: number
}

/** Held comments by the learner's word: the index and what it orders by. */
const byLearner = {
  hardest: { index: 'comments_held_hardest', column: 'doubt', ascending: false },
  fine: { index: 'comments_held_fine', column: 'score', ascending: true },
} as const

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
  if (threadId !== null) return 'INDEXED BY comments_thread'
  if (tab === 'all') return siteId === null ? 'NOT INDEXED' : 'INDEXED BY comments_site'
  return `INDEXED BY comments_${tab}${siteId === null ? '' : '_site'}`
}

/** A page of the moderation queue: held comments oldest first, the others newest first. */
export async function page(db: D1Database, filter: QueueFilter): Promise<QueueRow[]> {
  const where = [conditions[filter.tab]]
  const values: unknown[] = []
  const and = (text: string, ...bound: unknown[]) => {
    where.push(text)
    values.push(...bound)
  }
  if (filter.author !== null) and('c.author_id = (SELECT id FROM authors WHERE public_id = ?)', filter.author)
  if (filter.threadId !== null) and('c.thread_id = ?', filter.threadId)
  if (filter.ids !== null) and('c.id IN (SELECT value FROM json_each(?))', JSON.stringify(filter.ids))
  if (filter.siteId !== null) and('c.site_id = ?', filter.siteId)
  const order = orderOf(filter, and)
  const source = `comments c ${indexFor(filter)}`
  const narrowed = `WHERE ${where.join(' AND ')} ${order}`
  const matching =
    filter.text === null
      ? { from: source, where: narrowed }
      : {
          from: `(SELECT * FROM ${source} ${narrowed} LIMIT ${searched}) c`,
          where: `WHERE instr(lower(c.body), lower(?)) OR instr(lower(c.name), lower(?)) ${order}`,
        }
  if (filter.text !== null) values.push(filter.text, filter.text)
  const { version, siteIds } = filter.unless ?? { version: -1, siteIds: [] }
  const tallied = tallyOf('coalesce(sum(version), 0)', siteIds)
  return all<QueueRow>(
    sql(
      db,
      `SELECT c.seq, c.id, c.revision, c.status, c.shown_revision AS shownRevision, c.body, c.content, c.name,
         c.email, c.url, c.created_at AS createdAt, c.edited_at AS editedAt, c.verdict, c.findings, c.band, c.score, c.doubt, c.audited,
         c.same_address AS sameAddress, c.flags, c.pinned_at IS NOT NULL AS pinned, c.appeal,
         c.author_public_id AS authorId, a.badge, a.approved, a.vouched, a.rejected, a.spam,
         a.created_at AS firstSeen, t.id AS threadId, t.key AS threadKey,
         CASE t.count WHEN 0 THEN c.page_url ELSE t.url END AS threadUrl,
         CASE t.count WHEN 0 THEN c.page_title ELSE t.title END AS threadTitle, t.closed_at AS closedAt,
         t.checked, c.site_id AS siteId, c.parent_id AS parentId,
         p.name AS parentName, coalesce(p.shown_content, p.content) AS parentContent, d.id AS decisionId,
         d.action, d.reason, d.actor_kind AS byKind, d.actor_name AS byName, d.decided_at AS decidedAt
       FROM ${matching.from}
         CROSS JOIN authors a ON a.id = c.author_id
         CROSS JOIN threads t ON t.id = c.thread_id
         LEFT JOIN comments p ON p.seq = c.parent_seq
         LEFT JOIN decisions d ON d.id = c.decision_id
       ${matching.where} LIMIT iif((${tallied.text}) = ?, 0, ?)`,
      ...values,
      ...tallied.values,
      version,
      filter.limit,
    ),
  )
}

/** The order of a page, after narrowing it to what comes after the page before. */
function orderOf(
  { tab, sort, after }: QueueFilter,
  and: (text: string, ...values: unknown[]) => void,
): string {
  if (sort === 'waiting') {
    const ascending = tab === 'held'
    if (after !== null) and(ascending ? 'c.seq > ?' : 'c.seq < ?', after.seq)
    return `ORDER BY c.seq ${ascending ? '' : 'DESC'}`
  }
  const { column, ascending } = byLearner[sort]
  if (after !== null) and(`(c.${column}, c.seq) ${ascending ? '>' : '<'} (?, ?)`, after.by, after.seq)
  const way = ascending ? '' : 'DESC'
  return `ORDER BY c.${column} ${way}, c.seq ${way}`
}

/** Where a page ended, for the next. */
export const positionOf = (row: QueueRow, sort: QueueSort): QueuePosition => ({
  seq: row.seq,
  by: sort === 'waiting' ? 0 : row[byLearner[sort].column],
})

/** What the tabs of some sites, or of all, count, and a version that changes with anything the queue shows. */
export async function tallies(
  db: D1Database,
  siteIds: string[] | null,
): Promise<Record<Tab, number> & { version: number }> {
  const { text, values } = tallyOf(
    `coalesce(sum(held), 0) AS held, coalesce(sum(flagged), 0) AS flagged, coalesce(sum(spam), 0) AS spam,
       coalesce(sum(total), 0) AS "all", coalesce(sum(version), 0) AS version`,
    siteIds,
  )
  const row = await first<Record<Tab, number> & { version: number }>(sql(db, text, ...values))
  return row ?? { held: 0, flagged: 0, spam: 0, all: 0, version: 0 }
}

const tallyOf = (what: string, siteIds: string[] | null) =>
  siteIds === null
    ? { text: `SELECT ${what} FROM tallies`, values: [] }
    : {
        text: `SELECT ${what} FROM tallies WHERE site_id IN (SELECT value FROM json_each(?))`,
        values: [JSON.stringify(siteIds)],
      }
