import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { BulkDecided } from '../contract/bulkEvents.ts'
import type { RecordedEvent } from '../contract/events.ts'
import { type Condition, over } from './database.ts'

/** How the audit log shows an event: not at all, as a line, or in the line of what was decided together. */
const showings = { never: 0, line: 1, folded: 2 }

/** What it does not show is what a comment's own row says, and what somebody saved for themselves. */
function showingOf(event: RecordedEvent): number {
  if (event.act === 'comment.posted' || ('viewId' in event && !event.shared)) return showings.never
  return 'decisionId' in event && 'bulkId' in event && event.bulkId ? showings.folded : showings.line
}

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

/** A statement that tells in one line of what was decided together, as far as the statements before wrote it. */
export const recordBulk = (db: D1Database, event: BulkDecided): D1PreparedStatement =>
  over(
    db,
    [{ ...columnsOf(event), bulk: event.bulkId }],
    `INSERT INTO events (at, actor_kind, actor_id, actor_name, act, site_id, details)
     SELECT x.at, x.kind, x.actor, x.name, x.act, x.site, json_set(x.details, '$.count', ${countOf})
     FROM x WHERE ${countOf} > 0`,
  )

const countOf = `(SELECT count(*) FROM events f INDEXED BY events_bulk
  WHERE f.details ->> 'bulkId' = x.bulk AND f.logged = ${showings.folded})`

function columnsOf(event: RecordedEvent) {
  const { at, actor, act, siteId, commentId, ...details } = { commentId: null, ...event }
  return {
    ...{ at, kind: actor.kind, actor: actor.id, name: actor.name, act, site: siteId, comment: commentId },
    ...{ details: JSON.stringify(details), logged: showingOf(event) },
  }
}
