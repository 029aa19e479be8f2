import type { D1Database } from '@cloudflare/workers-types'
import type { AppealState } from '../contract/appeals.ts'
import type { ActorKind } from '../contract/decisions.ts'
import type { Finding } from '../contract/findings.ts'
import type { FlagReason } from '../contract/flagReasons.ts'
import type { Status } from '../contract/status.ts'
import { first, sql } from './database.ts'

/** A comment as webhooks and chats may be told of it. Times in milliseconds since the epoch. */
export interface ToldComment {
  id: string
  siteId: string
  siteName: string
  locale: string
  origins: string[]
  status: Status
  revision: number
  /** Whether screening has looked at it. */
  screened: boolean
  findings: Finding[]
  appealState: AppealState | null
  body: string
  author: string
  threadKey: string
  pageUrl: string
  pageTitle: string
  createdAt: number
  /** Open flags by their reasons. */
  flags: { reason: FlagReason; count: number }[]
  /** The decision that is told of, and whether it stands: neither an appeal nor an edit of the staff's takes it away. */
  decision: {
    stands: boolean
    undoneAt: number | null
    decidedAt: number
    reason: string | null
    byKind: ActorKind
    by: string
  } | null
}

type Row = Omit<ToldComment, 'origins' | 'screened' | 'findings' | 'flags' | 'decision'> & {
  origins: string
  screened: number
  findings: string
  flags: string
  decision: string | null
}

/** The decisions that stand of a comment `c`: the last, and whatever that leaves as it is. */
const standing = `WITH RECURSIVE chain (id) AS (
    SELECT c.decision_id
    UNION SELECT s.decision_before FROM chain CROSS JOIN decisions s ON s.id = chain.id
      WHERE s.action = 'appeal' OR s.action IN ('edit', 'redact') AND s.status_after = s.status_before)
  SELECT id FROM chain`

/** A comment, with a decision about it; null where it is gone or its words are. */
export async function toldComment(
  db: D1Database,
  siteId: string,
  { commentId, decisionId }: { commentId: string; decisionId: string | null },
): Promise<ToldComment | null> {
  const row = await first<Row>(
    sql(
      db,
      `SELECT c.id, c.site_id AS siteId, o.name AS siteName, o.locale, o.origins, c.status, c.revision,
         c.verdict IS NOT NULL AS screened, c.findings, c.appeal_state AS appealState, c.body, c.name AS author,
         t.key AS threadKey, CASE t.count WHEN 0 THEN c.page_url ELSE t.url END AS pageUrl,
         coalesce(t.given_title, CASE t.count WHEN 0 THEN c.page_title ELSE t.title END) AS pageTitle,
         c.created_at AS createdAt,
         (SELECT json_group_array(json_object('reason', reason, 'count', count)) FROM (
            SELECT reason, count(*) AS count FROM flags
            WHERE comment_seq = c.seq AND answered_by IS NULL AND muted = 0 GROUP BY reason)) AS flags,
         CASE WHEN d.id IS NULL THEN NULL ELSE json_object('stands',
             d.undone_at IS NULL AND d.id IN (${standing}), 'undoneAt', d.undone_at, 'decidedAt', d.decided_at,
           'reason', d.reason, 'byKind', d.actor_kind, 'by', d.actor_name) END AS decision
       FROM comments c JOIN sites o ON o.id = c.site_id JOIN threads t ON t.id = c.thread_id
         LEFT JOIN decisions d ON d.id = ?3 AND d.comment_seq = c.seq
       WHERE c.id = ?1 AND c.site_id = ?2 AND c.erased = 0`,
      commentId,
      siteId,
      decisionId,
    ),
  )
  if (!row) return null
  const { origins, screened, findings, flags, decision, ...rest } = row
  const known = decision === null ? null : JSON.parse(decision)
  return {
    ...{ ...rest, origins: JSON.parse(origins), screened: screened === 1, findings: JSON.parse(findings) },
    ...{ flags: JSON.parse(flags), decision: known && { ...known, stands: known.stands === 1 } },
  }
}
