import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { BulkDecided, BulkUndecided } from '../contract/bulkEvents.ts'
import type { RecordedEvent } from '../contract/events.ts'
import { folded, together } from './auditLogBulks.ts'
import { type Condition, first, over, sql } from './database.ts'

/** How the audit log shows an event: not at all, as a line, or in the line of what was decided together. */
const showings = { never: 0, line: 1, folded }

/** What it does not show is what a comment's own row says, and what somebody saved for themselves. */
function showingOf(event: RecordedEvent): number {
  if (event.act === 'comment.posted' || ('viewId' in event && !event.shared)) return showings.never
  return 'decisionId' in event && 'bulkId' in event && event.bulkId ? showings.folded : showings.line
}

/** An event that is recorded, with whatever else its condition asks of it. */
export type Happening = { event: RecordedEvent } & Record<string, unknown>

/**
 * A statement that records an event, where the condition holds: for the transaction of the change. Nothing but an
 * erasure (`forgettingBadges`) ever changes a recorded event.
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

/** A statement that takes an author's badges out of the events that tell of them, under a condition. */
export const forgettingBadges = (
  db: D1Database,
  publicId: string,
  { text, values }: Condition,
): D1PreparedStatement =>
  sql(
    db,
    `UPDATE events INDEXED BY events_author
     SET details = json_remove(details, '$.former', iif(details ->> 'badge' IS NULL, '$.former', '$.badge'))
     WHERE details ->> 'value' = ? AND act = 'author.badge' AND ${actOnAuthor} AND ${text}`,
    publicId,
    ...values,
  )

/** Holds of events that the index of what was done to authors has. */
export const actOnAuthor = `act IN ('author.badge', 'author.trust', 'author.erase', 'ban.add', 'ban.remove')`

/** A statement that tells in one line of what was decided together, as far as the statements before wrote it. */
export const recordBulk = (db: D1Database, event: BulkDecided): D1PreparedStatement =>
  over(
    db,
    [{ ...columnsOf(event), bulk: event.bulkId }],
    `INSERT INTO events (at, actor_kind, actor_id, actor_name, act, site_id, details)
     SELECT x.at, x.kind, x.actor, x.name, x.act, x.site, json_set(x.details, '$.count', ${countOf})
     FROM x WHERE ${countOf} > 0`,
  )

/** Events of an act that are looked at for what was taken back of late. */
const mostLately = 300

/**
 * A statement that tells in one line that some of what was decided together is taken back, after the statements that
 * record the first of it.
 */
export const recordUndecided = (db: D1Database, event: BulkUndecided): D1PreparedStatement =>
  over(
    db,
    [{ ...columnsOf(event), bulk: event.bulkId }],
    `INSERT INTO events (at, actor_kind, actor_id, actor_name, act, site_id, details)
     SELECT x.at, x.kind, x.actor, x.name, x.act, x.site, x.details FROM x WHERE 1 = (
       SELECT count(*) FROM (SELECT f.act, f.actor_id, f.at FROM events f INDEXED BY events_bulk
         WHERE f.details ->> 'bulkId' = x.bulk AND f.logged = ${showings.folded} ORDER BY f.id DESC LIMIT ${mostLately}) l
       WHERE l.act = 'comment.undo' AND l.actor_id = x.actor AND l.at > x.at - ${together})`,
  )

/** What a decision was taken together with, by its id; null where it was taken alone. */
export async function bulkOf(db: D1Database, decisionId: string): Promise<string | null> {
  const row = await first<{ bulkId: string | null }>(
    sql(
      db,
      `SELECT e.details ->> 'bulkId' AS bulkId FROM decisions d CROSS JOIN comments c ON c.seq = d.comment_seq
         CROSS JOIN events e INDEXED BY events_comment ON e.comment_id = c.id
       WHERE d.id = ? AND e.comment_id IS NOT NULL AND e.logged > 0 AND e.details ->> 'decisionId' = d.id
       ORDER BY e.id LIMIT 1`,
      decisionId,
    ),
  )
  return row?.bulkId ?? null
}

const countOf = `(SELECT count(*) FROM events f INDEXED BY events_bulk
  WHERE f.details ->> 'bulkId' = x.bulk AND f.logged = ${showings.folded})`

function columnsOf(event: RecordedEvent) {
  const { at, actor, act, siteId, commentId, ...details } = { commentId: null, ...event }
  return {
    ...{ at, kind: actor.kind, actor: actor.id, name: actor.name, act, site: siteId, comment: commentId },
    ...{ details: JSON.stringify(details), logged: showingOf(event) },
  }
}
