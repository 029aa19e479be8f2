import type { D1Database } from '@cloudflare/workers-types'
import type { Status, Tab, Verdict } from '../contract.ts'
import { all, first, sql } from './database.ts'
import type { DecisionColumns } from './decisions.ts'

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
  sameAddress: number | null
  authorId: string
  approved: number
  rejected: number
  spam: number
  firstSeen: number
  threadId: number
  threadKey: string
  threadUrl: string
  threadTitle: string
  closedAt: number | null
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
  /** The `seq` of the last comment of the page before. */
  after: number | null
  limit: number
}

const searched = 2000

const conditions: Record<Tab, string> = {
  held: "c.status = 'pending'",
  flagged: "c.flags > 0 AND c.status = 'approved'",
  spam: "c.status = 'spam'",
  all: 'TRUE',
}

/** The index that has just the comments of a filter, in order. */
function indexFor({ tab, siteId, author, threadId }: QueueFilter): string {
  if (author !== null) return 'INDEXED BY comments_author'
  if (threadId !== null) return 'INDEXED BY comments_thread'
  if (tab === 'all') return siteId === null ? 'NOT INDEXED' : 'INDEXED BY comments_site'
  return `INDEXED BY comments_${tab}${siteId === null ? '' : '_site'}`
}

/** A page of the moderation queue: held comments oldest first, the others newest first. */
export async function page(db: D1Database, filter: QueueFilter): Promise<QueueRow[]> {
  const ascending = filter.tab === 'held'
  const where = [conditions[filter.tab]]
  const values: unknown[] = []
  const and = (text: string, value: unknown) => {
    where.push(text)
    values.push(value)
  }
  if (filter.author !== null) and('c.author_id = (SELECT id FROM authors WHERE public_id = ?)', filter.author)
  if (filter.threadId !== null) and('c.thread_id = ?', filter.threadId)
  if (filter.siteId !== null) and('c.site_id = ?', filter.siteId)
  if (filter.after !== null) and(ascending ? 'c.seq > ?' : 'c.seq < ?', filter.after)
  const order = `ORDER BY c.seq ${ascending ? '' : 'DESC'}`
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
  return all<QueueRow>(
    sql(
      db,
      `SELECT c.seq, c.id, c.revision, c.status, c.shown_revision AS shownRevision, c.body, c.content, c.name,
         c.email, c.url, c.created_at AS createdAt, c.edited_at AS editedAt, c.verdict, c.findings,
         c.same_address AS sameAddress, c.author_public_id AS authorId, a.approved, a.rejected, a.spam,
         a.created_at AS firstSeen, t.id AS threadId, t.key AS threadKey,
         CASE t.count WHEN 0 THEN c.page_url ELSE t.url END AS threadUrl,
         CASE t.count WHEN 0 THEN c.page_title ELSE t.title END AS threadTitle, t.closed_at AS closedAt, c.site_id AS siteId, c.parent_id AS parentId,
         p.name AS parentName, coalesce(p.shown_content, p.content) AS parentContent, d.id AS decisionId,
         d.action, d.reason, d.actor_kind AS byKind, d.actor_name AS byName, d.decided_at AS decidedAt
       FROM ${matching.from}
         CROSS JOIN authors a ON a.id = c.author_id
         CROSS JOIN threads t ON t.id = c.thread_id
         LEFT JOIN comments p ON p.seq = c.parent_seq
         LEFT JOIN decisions d ON d.id = c.decision_id
       ${matching.where} LIMIT ?`,
      ...values,
      filter.limit,
    ),
  )
}

/** What the tabs count, and a version that changes with anything the queue shows. */
export async function tallies(
  db: D1Database,
  siteId: string | null,
): Promise<Record<Tab, number> & { version: number }> {
  const where = siteId === null ? '' : 'WHERE site_id = ?'
  const row = await first<Record<Tab, number> & { version: number }>(
    sql(
      db,
      `SELECT coalesce(sum(held), 0) AS held, coalesce(sum(flagged), 0) AS flagged, coalesce(sum(spam), 0) AS spam,
         coalesce(sum(total), 0) AS "all", coalesce(sum(version), 0) AS version FROM tallies ${where}`,
      ...(siteId === null ? [] : [siteId]),
    ),
  )
  return row ?? { held: 0, flagged: 0, spam: 0, all: 0, version: 0 }
}
