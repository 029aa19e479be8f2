import type { D1Database } from '@cloudflare/workers-types'
import type { AppealState } from '../contract/appeals.ts'
import type { Band, Verdict } from '../contract/findings.ts'
import type { QueueSort, Tab } from '../contract/queue.ts'
import type { Status } from '../contract/status.ts'
import type { AuthorRow } from './authors.ts'
import { all, sql } from './database.ts'
import type { DecisionColumns } from './decidedComments.ts'
import { ofSites } from './listsOfSites.ts'
import { inLists, listsFor } from './queueLists.ts'
import { byLearner, isAscending, orderOf, type QueuePosition } from './queueOrder.ts'
import { scoredPart } from './scoredLists.ts'
import { type Bound, versionOf } from './tallies.ts'
import { inTime } from './timeOrder.ts'

/** A comment as the moderation queue reads it. */
export interface QueueRow
  extends DecisionColumns,
    Pick<AuthorRow, 'badge' | 'approved' | 'vouched' | 'pinnedTrust' | 'rejected' | 'spam'> {
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
  editedBy: 'staff' | null
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
  appealState: AppealState | null
  appealAnswer: string | null
  /** JSON of the refusal that a waiting appeal is about. */
  refusal: string | null
  notes: number
  erased: number
  authorNotes: number
  authorId: string
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
  importId: string | null
  importFormat: string | null
}

export interface QueueFilter {
  tab: Tab
  siteId: string | null
  /** These sites, two or more, in place of one; with no other filter than a tab. */
  amongSites?: string[]
  /** An author's public id. */
  author: string | null
  threadId: number | null
  /** Text that body, name or title contains, in any case; looked for in the latest 2,000 of the tab. */
  text: string | null
  /** These comments and no others. */
  ids: string[] | null
  /** The same by their numbers. */
  seqs?: number[]
  /** Those that the latest events after this one are about. */
  changedSince?: number
  /** Another order than the tab's own; for the held comments of one site, and with no other filter. */
  sort: QueueSort
  after: QueuePosition | null
  limit: number
  /** Nothing is read while the tallies of some sites, or of all, have a version. */
  unless: { version: number; siteIds: string[] | null } | null
}

/** Comments that a text is looked for in. */
export const searched = 2000

/** Events that are looked at for what has changed. */
export const mostChanges = 50

/** What narrows nothing down. */
export const unfiltered: QueueFilter = {
  ...{ tab: 'all', siteId: null, author: null, threadId: null, text: null, ids: null, sort: 'waiting' },
  ...{ after: null, limit: 1, unless: null },
}

/** A page of the moderation queue: what waits for a person oldest first, the others newest first. */
export async function page(db: D1Database, filter: QueueFilter): Promise<QueueRow[]> {
  const values: unknown[] = []
  const bound = (value: unknown) => `?${values.push(value)}`
  const { text, limit } = filter
  const matching = listing(filter, bound, text === null ? bound(limit) : String(searched))
  const looked = text === null ? 'TRUE' : textIn(bound(text))
  const { version, siteIds } = filter.unless ?? { version: -1, siteIds: [] }
  const tallied = versionOf(siteIds, bound)
  const rows = await all<QueueRow>(
    sql(
      db,
      `SELECT c.seq, c.id, c.revision, c.status, c.shown_revision AS shownRevision, c.body, c.content, c.name,
         c.email, c.url, c.created_at AS createdAt, c.edited_at AS editedAt, c.edited_by AS editedBy, c.verdict, c.findings, c.band, c.score, c.doubt, c.audited,
         c.same_address AS sameAddress, c.flags, c.pinned_at IS NOT NULL AS pinned, c.appeal, c.appeal_state AS appealState, c.appeal_answer AS appealAnswer, c.notes, c.erased, a.notes AS authorNotes,
         c.author_public_id AS authorId, a.badge, a.approved, a.vouched, a.pinned_trust AS pinnedTrust, a.rejected, a.spam,
         a.created_at AS firstSeen, t.id AS threadId, t.key AS threadKey,
         CASE t.count WHEN 0 THEN c.page_url ELSE t.url END AS threadUrl,
         coalesce(t.given_title, CASE t.count WHEN 0 THEN c.page_title ELSE t.title END) AS threadTitle,
         t.given_title AS givenTitle, t.closed_at AS closedAt,
         t.checked, c.site_id AS siteId, c.parent_id AS parentId,
         p.name AS parentName, coalesce(p.shown_content, p.content) AS parentContent, d.id AS decisionId,
         d.action, d.reason, d.actor_kind AS byKind, d.actor_name AS byName, d.decided_at AS decidedAt,
         CASE WHEN f.id IS NOT NULL THEN json_object('decisionId', f.id, 'action', f.action, 'reason', f.reason,
           'byKind', f.actor_kind, 'byName', f.actor_name, 'decidedAt', f.decided_at) END AS refusal,
         i.id AS importId, i.format AS importFormat
       FROM (${matching}) c
         CROSS JOIN authors a ON a.id = c.author_id
         CROSS JOIN threads t ON t.id = c.thread_id
         LEFT JOIN comments p ON p.seq = c.parent_seq
         LEFT JOIN imports i ON i.number = c.import_number
         LEFT JOIN decisions d ON d.id = c.decision_id
         LEFT JOIN decisions f ON f.id = iif(c.appeal_state = 'open' AND d.action = 'appeal', d.decision_before, NULL)
       WHERE ${looked} LIMIT iif((${tallied}) = ${bound(version)}, 0, ${bound(limit)})`,
      ...values,
    ),
  )
  return rows.sort(orderOf(filter))
}

const textIn = (text: string) =>
  `(instr(lower(c.body), lower(${text})) OR instr(lower(c.name), lower(${text}))
    OR instr(lower(c.page_title), lower(${text})))`

/** What of a filter says which comments it has, and from which on. */
export type Listing = Omit<QueueFilter, 'limit' | 'unless' | 'text'>

/** SQL for the comments of a filter after the page before, in order. */
export function listing(filter: Listing, bound: Bound, limit: string): string {
  const { author, threadId, ids, seqs, changedSince, siteId, after } = filter
  const listed = (values: unknown[]) => {
    const list = bound(JSON.stringify(values))
    return `(${values.map((_, at) => `${list} ->> ${at}`)})`
  }
  const where = [
    ...(author === null ? [] : [`c.author_id = (SELECT id FROM authors WHERE public_id = ${bound(author)})`]),
    ...(threadId === null ? [] : [`c.thread_id = ${bound(threadId)}`]),
    ...(ids === null ? [] : [`c.id IN (SELECT value FROM json_each(${bound(JSON.stringify(ids))}))`]),
    ...(seqs ? [`c.seq IN ${listed(seqs)}`] : []),
    ...(changedSince === undefined
      ? []
      : [
          `c.id IN (SELECT comment_id FROM events WHERE id > ${bound(changedSince)} AND comment_id IS NOT NULL
             ORDER BY id DESC LIMIT ${mostChanges})`,
        ]),
    ...(siteId === null ? [] : [`c.site_id = ${bound(siteId)}`]),
  ]
  const from = after && bound(after.seq)
  if (filter.amongSites) {
    const order = isAscending(filter) ? 'ASC' : 'DESC'
    const sites = bound(JSON.stringify(filter.amongSites))
    return ofSites(listsFor({ ...filter, siteId: '' }), { sites, order, after: from, limit })
  }
  if (filter.sort !== 'waiting') {
    const isUnscored = after?.by === byLearner[filter.sort].none
    const by = after && !isUnscored ? bound(after.by) : null
    return scoredPart(filter.sort, where, { from, by, isUnscored, limit })
  }
  // They are few, and put in order by who reads them.
  if (seqs || changedSince !== undefined) return inLists(listsFor(filter), where)
  const narrowed = (condition: string) => `${inLists(listsFor(filter), where)} AND ${condition}`
  return inTime('c', narrowed, { order: isAscending(filter) ? 'ASC' : 'DESC', from, limit })
}
