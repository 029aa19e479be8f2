import type { D1Database } from '@cloudflare/workers-types'
import type { AuditEntry } from '../contract/auditLog.ts'
import type { ActorKind } from '../contract/decisions.ts'
import { all, iso, sql } from './database.ts'

interface Row {
  id: number
  at: number
  actorKind: ActorKind
  actorName: string
  act: string
  siteId: string | null
  commentId: string | null
  details: string
  name: string | null
  words: string | null
  /** Words that stand elsewhere, as long as they do. */
  decisionReason: string | null
  findings: string | null
  threadKey: string | null
  banValue: string | null
  banReason: string | null
}

/**
 * Entries, newest first, before an id; of one site or one comment when asked. An entry is an event with the words it
 * is about: reasons, findings, addresses and the comment's own are read where they stand, and left out once they are
 * gone. Of the comment as it stands only the start is read.
 */
export async function list(
  db: D1Database,
  page: { before: number; siteId: string | null; commentId: string | null; limit: number },
): Promise<AuditEntry[]> {
  const { before, siteId, commentId, limit } = page
  const index = commentId !== null ? 'events_comment' : siteId !== null ? 'events_site' : 'events_log'
  const rows = await all<Row>(
    sql(
      db,
      `SELECT e.id, e.at, e.actor_kind AS actorKind, e.actor_name AS actorName, e.act, e.site_id AS siteId,
         e.comment_id AS commentId, e.details, d.reason AS decisionReason,
         CASE WHEN c.erased = 0 THEN c.name END AS name,
         CASE WHEN c.erased = 0 THEN substr(c.body, 1, 400) END AS words,
         CASE WHEN c.erased = 0 AND e.details ->> 'verdict' IS NOT NULL THEN iif(c.revision = e.details ->> 'revision', c.findings, r.findings) END AS findings,
         t.key AS threadKey, b.value AS banValue, b.reason AS banReason
       FROM events e INDEXED BY ${index}
         LEFT JOIN decisions d ON d.id = e.details ->> 'decisionId'
         LEFT JOIN comments c ON c.id = e.comment_id
         LEFT JOIN revisions r ON r.comment_seq = c.seq AND r.revision = e.details ->> 'revision'
         LEFT JOIN threads t ON t.id = e.details ->> 'threadId' AND e.comment_id IS NULL
         LEFT JOIN bans b ON b.id = e.details ->> 'banId'
       WHERE e.id < ? AND e.logged = 1 ${siteId === null ? '' : 'AND e.site_id = ?'}
         ${commentId === null ? '' : 'AND e.comment_id = ?'}
       ORDER BY e.id DESC LIMIT ?`,
      before,
      ...[siteId, commentId].filter((id) => id !== null),
      limit,
    ),
  )
  return rows.map((row) => ({
    id: row.id,
    at: iso(row.at),
    actor: { kind: row.actorKind, name: row.actorName },
    act: row.act,
    siteId: row.siteId,
    commentId: row.commentId,
    comment: row.name === null ? null : { author: row.name, excerpt: row.words ?? '' },
    details: detailsOf(row),
  }))
}

/** What an entry tells besides: the event's own details without its ids, and the words that still stand. */
function detailsOf(row: Row): AuditEntry['details'] {
  const { decisionId, threadId, banId, revision, visible, ...details } = JSON.parse(row.details)
  if (row.act.startsWith('ban.'))
    return {
      ...details,
      ...(row.banValue !== null && { value: row.banValue }),
      ...(row.act === 'ban.add' && { reason: row.banReason }),
    }
  if (threadId !== undefined && row.commentId === null) return { ...details, key: row.threadKey }
  if (decisionId === undefined || row.act === 'comment.undo') return details
  return {
    ...details,
    reason: row.decisionReason,
    ...(row.findings !== null && { findings: JSON.parse(row.findings) }),
  }
}
