import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { RecordedEvent } from '../contract/events.ts'
import { type Condition, sql } from './database.ts'

/** Acts that the audit log does not show: a comment's own row says as much. */
const unlogged: ReadonlySet<string> = new Set(['comment.posted', 'comment.held'])

/**
 * A statement that records an event, where the condition holds: for the transaction of the change. Nothing
 * ever changes or removes a recorded event.
 */
export function recordEvent(
  db: D1Database,
  event: RecordedEvent,
  condition: Condition = { text: 'TRUE', values: [] },
): D1PreparedStatement {
  const { at, actor, act, siteId, commentId = null, ...details } = { commentId: undefined, ...event }
  return sql(
    db,
    `INSERT INTO events (at, actor_kind, actor_id, actor_name, act, site_id, comment_id, details, logged)
     SELECT ?, ?, ?, ?, ?, ?, ?, ?, ? WHERE ${condition.text}`,
    at,
    actor.kind,
    actor.id,
    actor.name,
    act,
    siteId,
    commentId,
    JSON.stringify(details),
    unlogged.has(act) ? 0 : 1,
    ...condition.values,
  )
}
