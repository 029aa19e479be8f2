import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import { all, type Condition, first, over, sql } from './database.ts'
import type { Delivery, NewDelivery, Turn } from './delivery.ts'

/**
 * A statement that puts those deliveries into the outbox for which a condition on their row `x` holds. What comes
 * while a row is being delivered makes it due once more.
 *
 * @param returning what the statement answers with, as SQL
 */
export const addDeliveries = (
  db: D1Database,
  deliveries: (NewDelivery & Record<string, unknown>)[],
  { text, values }: Condition,
  returning = '',
): D1PreparedStatement =>
  over(
    db,
    deliveries.map(({ details = {}, keepEarliest = false, to, ...rest }) => ({
      ...rest,
      ...{ details: JSON.stringify(details), gathers: keepEarliest ? 1 : 0 },
      ...{ recipientId: to?.id ?? null, recipient: to?.shown ?? '' },
    })),
    `INSERT INTO outbox (destination, subject, site_id, created_at, next_at, act, details, recipient_id, recipient, gathers)
     SELECT x.destination, x.subject, x.siteId, x.at, x.notBefore, x.act, x.details, x.recipientId, x.recipient, x.gathers
     FROM x WHERE ${text}
     ON CONFLICT (destination, subject) DO UPDATE SET created_at = excluded.created_at, act = excluded.act,
       details = excluded.details, recipient_id = excluded.recipient_id, recipient = excluded.recipient,
       gathers = excluded.gathers, dead_at = NULL,
       wished_at = CASE WHEN taken = 0 THEN NULL WHEN ${keeps} THEN min(coalesce(wished_at, excluded.next_at), excluded.next_at)
         ELSE excluded.next_at END,
       next_at = CASE WHEN taken = 1 THEN max(next_at, excluded.next_at) WHEN NOT ${keeps} THEN excluded.next_at
         WHEN attempts > 0 THEN next_at ELSE min(next_at, excluded.next_at) END,
       turn = iif(taken = 1 OR ${keeps}, turn, turn + 1), attempts = iif(taken = 1 OR ${keeps}, attempts, 0),
       failure = iif(taken = 1 OR ${keeps}, failure, NULL) ${returning}`,
    ...values,
  )

const keeps = '(excluded.gathers = 1 AND dead_at IS NULL)'

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

type Row = Omit<Delivery, 'details' | 'to'> & {
  details: string
  recipientId: string | null
  recipient: string
}

/**
 * Has one worker deliver a row; it is due again at a time, if that one does not come back. Null where another
 * was faster, the row is gone, or something came in its place.
 */
export async function claim(db: D1Database, { id, turn }: Turn, until: number): Promise<Delivery | null> {
  const row = await first<Row>(
    sql(
      db,
      `UPDATE outbox SET turn = turn + 1, attempts = attempts + 1, next_at = ?, taken = 1, wished_at = NULL
       WHERE id = ? AND turn = ? AND dead_at IS NULL
       RETURNING id, turn, destination, subject, site_id AS siteId, act, created_at AS at, details,
         recipient_id AS recipientId, recipient, attempts`,
      until,
      id,
      turn,
    ),
  )
  if (!row) return null
  const { details, recipientId, recipient, ...rest } = row
  const to = recipientId === null ? null : { id: recipientId, shown: recipient }
  return { ...rest, details: JSON.parse(details), to }
}
