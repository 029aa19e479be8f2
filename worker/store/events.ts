import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { RecordedEvent } from '../contract/events.ts'
import { type Condition, over } from './database.ts'

/** An act that the audit log does not show: a comment's own row says as much. */
const unlogged = 'comment.posted'

/** An event that is recorded, with whatever else its condition asks of it. */
export type Happening = { event: RecordedEvent } & Record<string, unknown>

/**
 * A statement that records an event, where the condition holds: for the transaction of the change. Nothing
 * ever changes or removes a recorded event.
 */
export const recordEvent = (
  db: D1Database,
  event: RecordedEvent,
  condition: Condition = { text: 'TRUE', values: [] },
): D1PreparedStatement => recordEvents(db, [{ event }], condition)

/** A statement that records those events for which a condition on their row `x` holds. */
export const recordEvents = (db: D1Database, happened: Happening[], { text, values }: Condition) =>
  over(
    db,
    happened.map(({ event, ...more }) => ({ ...more, ...columnsOf(event) })),
    `INSERT INTO events (at, actor_kind, actor_id, actor_name, act, site_id, comment_id, details, logged)
     SELECT x.at, x.kind, x.actor, x.name, x.act, x.site, x.comment, x.details, x.logged FROM x WHERE ${text}`,
    ...values,
  )

function columnsOf(event: RecordedEvent) {
  const { at, actor, act, siteId, commentId, ...details } = { commentId: null, ...event }
  return {
    ...{ at, kind: actor.kind, actor: actor.id, name: actor.name, act, site: siteId, comment: commentId },
    ...{ details: JSON.stringify(details), logged: Number(act !== unlogged) },
  }
}
