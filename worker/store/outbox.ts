import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import { all, batch, type Condition, first, over, sql } from './database.ts'
import type { Happening } from './events.ts'

/** The statements that put what events ask to be delivered into the outbox, in the transaction of the events. */
export type Deliveries = (
  db: D1Database,
  happened: Happening[],
  condition: Condition,
) => D1PreparedStatement[]

/** Something to be told to the outside. It holds ids and codes: its words are read when it is delivered. */
export interface NewDelivery {
  /** The kind of a destination. */
  destination: string
  /** What it is about. A destination is told of a subject once: what comes later takes the place of what waits. */
  subject: string
  siteId: string
  /** Milliseconds since the epoch, and not before when it may leave the house. */
  at: number
  notBefore: number
}

/** A statement that puts those deliveries into the outbox for which a condition on their row `x` holds. */
export const addDeliveries = (
  db: D1Database,
  deliveries: (NewDelivery & Record<string, unknown>)[],
  { text, values }: Condition,
): D1PreparedStatement =>
  over(
    db,
    deliveries,
    `INSERT INTO outbox (destination, subject, site_id, created_at, next_at)
     SELECT x.destination, x.subject, x.siteId, x.at, x.notBefore FROM x WHERE ${text}
     ON CONFLICT (destination, subject) DO UPDATE SET created_at = excluded.created_at, next_at = excluded.next_at,
       turn = turn + 1, attempts = 0, failure = NULL, dead_at = NULL`,
    ...values,
  )

/** A row of the outbox at its turn: whatever happens to it gives it the next one. */
export interface Turn {
  id: number
  turn: number
}

/** Takes rows that are due, the longest due first. They are due again at a time, unless they get on till then. */
export async function takeDue(
  db: D1Database,
  { now, until, limit }: { now: number; until: number; limit: number },
): Promise<(Turn & { siteId: string })[]> {
  return all(
    sql(
      db,
      `UPDATE outbox SET next_at = ?1 WHERE id IN (
         SELECT id FROM outbox INDEXED BY outbox_due WHERE dead_at IS NULL AND next_at <= ?2 ORDER BY next_at LIMIT ?3)
       RETURNING id, turn, site_id AS siteId`,
      until,
      now,
      limit,
    ),
  )
}

/** A row that is being delivered. */
export interface Delivery extends Turn {
  destination: string
  subject: string
  siteId: string
  /** This one counts. */
  attempts: number
}

/**
 * Has one worker deliver a row; it is due again at a time, if that one does not come back. Null where another
 * was faster, the row is gone, or something came in its place.
 */
export async function claim(db: D1Database, { id, turn }: Turn, until: number): Promise<Delivery | null> {
  return first(
    sql(
      db,
      `UPDATE outbox SET turn = turn + 1, attempts = attempts + 1, next_at = ?
       WHERE id = ? AND turn = ? AND dead_at IS NULL
       RETURNING id, turn, destination, subject, site_id AS siteId, attempts`,
      until,
      id,
      turn,
    ),
  )
}

/** Removes a row that was delivered, or has nothing to deliver any more. */
export async function remove(db: D1Database, { id, turn }: Turn): Promise<void> {
  await batch(db, [sql(db, 'DELETE FROM outbox WHERE id = ? AND turn = ?', id, turn)])
}

/** Has a row tried again at a time, after a failure that a word or two name. */
export async function postpone(
  db: D1Database,
  { id, turn }: Turn,
  { failure, nextAt }: { failure: string; nextAt: number },
): Promise<void> {
  await batch(db, [
    sql(
      db,
      'UPDATE outbox SET turn = turn + 1, failure = ?, next_at = ? WHERE id = ? AND turn = ?',
      failure,
      nextAt,
      id,
      turn,
    ),
  ])
}

/** Gives a row up: it stays for a while, to be looked at. */
export async function bury(
  db: D1Database,
  { id, turn }: Turn,
  { failure, at }: { failure: string; at: number },
): Promise<void> {
  await batch(db, [
    sql(
      db,
      'UPDATE outbox SET turn = turn + 1, failure = ?, dead_at = ? WHERE id = ? AND turn = ?',
      failure,
      at,
      id,
      turn,
    ),
  ])
}
