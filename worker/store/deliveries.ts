import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { DeliveryStatus } from '../contract/deliveries.ts'
import { all, batch, sql } from './database.ts'
import type { Delivery } from './delivery.ts'

/** A statement that notes what was delivered, and what was answered, where its row is still at its turn. */
export const addLine = (
  db: D1Database,
  { id, turn, siteId, destination, act, details, to, attempts, at: createdAt }: Delivery,
  { answer, at }: { answer: string; at: number },
): D1PreparedStatement =>
  sql(
    db,
    `INSERT INTO deliveries (id, site_id, destination, act, details, recipient_id, recipient, attempts, answer, created_at,
       delivered_at) SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM outbox WHERE id = ? AND turn = ?)
     ON CONFLICT (id) DO UPDATE SET act = excluded.act, details = excluded.details, attempts = excluded.attempts,
       answer = excluded.answer, created_at = excluded.created_at, delivered_at = excluded.delivered_at`,
    ...[id, siteId, destination, act, JSON.stringify(details), to?.id ?? null, to?.shown ?? ''],
    ...[attempts, answer, createdAt, at, id, turn],
  )

/** A statement that forgets whatever waits for recipients or was given up: for those who end it. */
export const forgettingWaiting = (db: D1Database, recipientIds: string[]): D1PreparedStatement =>
  sql(
    db,
    `DELETE FROM outbox INDEXED BY outbox_recipient
     WHERE recipient_id IS NOT NULL AND recipient_id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(recipientIds),
  )

/** Statements that also forget what was delivered: for those who are erased. */
export const forgetting = (db: D1Database, recipientIds: string[]): D1PreparedStatement[] => [
  forgettingWaiting(db, recipientIds),
  sql(
    db,
    `DELETE FROM deliveries INDEXED BY deliveries_recipient
     WHERE recipient_id IS NOT NULL AND recipient_id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(recipientIds),
  ),
]

/** What was answered last to what was given up, by recipient. */
export const lastFailures = (
  db: D1Database,
  recipientIds: string[],
): Promise<{ recipientId: string; failure: string }[]> =>
  all(
    sql(
      db,
      `SELECT recipient_id AS recipientId, failure, max(dead_at) AS at FROM outbox INDEXED BY outbox_recipient
       WHERE recipient_id IS NOT NULL AND recipient_id IN (SELECT value FROM json_each(?)) AND dead_at IS NOT NULL
       GROUP BY recipient_id`,
      JSON.stringify(recipientIds),
    ),
  )

/** A place where a list of deliveries goes on: below this number. */
interface Asked {
  siteId: string
  status: DeliveryStatus
  before: number | null
  limit: number
}

const queries: Record<DeliveryStatus, string> = {
  delivered: `SELECT id, destination, act, details ->> 'commentId' AS commentId, recipient, attempts, answer,
    created_at AS createdAt, delivered_at AS at FROM deliveries INDEXED BY deliveries_site WHERE site_id = ?1`,
  waiting: `SELECT id, destination, act, details ->> 'commentId' AS commentId, recipient, attempts, failure AS answer,
    created_at AS createdAt, next_at AS at FROM outbox INDEXED BY outbox_site_waiting
    WHERE site_id = ?1 AND dead_at IS NULL`,
  dead: `SELECT id, destination, act, details ->> 'commentId' AS commentId, recipient, attempts, failure AS answer,
    created_at AS createdAt, dead_at AS at FROM outbox INDEXED BY outbox_site_dead
    WHERE site_id = ?1 AND dead_at IS NOT NULL`,
}

/** A delivery as it is listed, by its number within the database of its site. Times in milliseconds since the epoch. */
export interface ListedDelivery {
  id: number
  destination: string
  act: string
  commentId: string | null
  recipient: string
  attempts: number
  answer: string | null
  createdAt: number
  at: number
}

/** Deliveries of a site, the latest first. */
export const list = (db: D1Database, { siteId, status, before, limit }: Asked): Promise<ListedDelivery[]> =>
  all(
    sql(
      db,
      `${queries[status]} AND id < ?2 ORDER BY id DESC LIMIT ?3`,
      ...[siteId, before ?? Number.MAX_SAFE_INTEGER, limit],
    ),
  )

/**
 * Has tried again at a time what was given up, or waits after a failure.
 *
 * @returns the turn that it is at then; null where there is no such row, or whom it is for is told of nothing any more
 */
export async function retry(
  db: D1Database,
  { siteId, id, at }: { siteId: string; id: number; at: number },
): Promise<number | null> {
  const [written] = await batch<{ turn: number }>(db, [
    sql(
      db,
      `UPDATE outbox SET turn = turn + 1, attempts = 0, next_at = ?1, dead_at = NULL, taken = 0
       WHERE id = ?2 AND site_id = ?3 AND (dead_at IS NOT NULL OR attempts > 0 AND taken = 0)
         AND NOT EXISTS (SELECT 1 FROM subscribers WHERE subscribers.id = recipient_id AND state = 'ended') RETURNING turn`,
      ...[at, id, siteId],
    ),
  ])
  return written?.results[0]?.turn ?? null
}
