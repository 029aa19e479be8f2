import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { AuditEntry } from '../contract/auditLog.ts'
import type { ActorKind } from '../contract/decisions.ts'
import { all, iso, sql } from './database.ts'

export interface NewEntry {
  at: number
  actor: { kind: ActorKind; id: string; name: string }
  act: string
  siteId: string | null
  commentId?: string | null
  details?: Record<string, unknown>
}

/** A statement that adds an entry, when the condition holds. Nothing ever changes or removes one. */
export function append(
  db: D1Database,
  entry: NewEntry,
  condition: { text: string; values: unknown[] } = { text: 'TRUE', values: [] },
): D1PreparedStatement {
  return sql(
    db,
    `INSERT INTO audit_log (at, actor_kind, actor_id, actor_name, act, site_id, comment_id, details)
     SELECT ?, ?, ?, ?, ?, ?, ?, ? WHERE ${condition.text}`,
    entry.at,
    entry.actor.kind,
    entry.actor.id,
    entry.actor.name,
    entry.act,
    entry.siteId,
    entry.commentId ?? null,
    JSON.stringify(entry.details ?? {}),
    ...condition.values,
  )
}

interface Row {
  id: number
  at: number
  actorKind: ActorKind
  actorName: string
  act: string
  siteId: string | null
  commentId: string | null
  details: string
}

/** Entries, newest first, before an id; of one site or one comment when asked. */
export async function list(
  db: D1Database,
  page: { before: number; siteId: string | null; commentId: string | null; limit: number },
): Promise<AuditEntry[]> {
  const { before, siteId, commentId, limit } = page
  const rows = await all<Row>(
    sql(
      db,
      `SELECT id, at, actor_kind AS actorKind, actor_name AS actorName, act, site_id AS siteId,
         comment_id AS commentId, details
       FROM audit_log WHERE id < ? ${siteId === null ? '' : 'AND site_id = ?'}
         ${commentId === null ? '' : 'AND comment_id = ?'}
       ORDER BY id DESC LIMIT ?`,
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
    details: JSON.parse(row.details),
  }))
}
