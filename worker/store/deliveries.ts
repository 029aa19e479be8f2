import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import { sql } from './database.ts'
import type { Delivery } from './delivery.ts'

/** How long it is known what was delivered or given up, in milliseconds. */
export const keptMs = 30 * 86_400_000

/** A statement that notes what was delivered, and what was answered. */
export const addLine = (
  db: D1Database,
  { id, siteId, destination, act, details, to, attempts, at: createdAt }: Delivery,
  { answer, at }: { answer: string; at: number },
): D1PreparedStatement =>
  sql(
    db,
    `INSERT INTO deliveries (id, site_id, destination, act, details, recipient_id, recipient, attempts, answer, created_at,
       delivered_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET act = excluded.act, details = excluded.details, attempts = excluded.attempts,
       answer = excluded.answer, created_at = excluded.created_at, delivered_at = excluded.delivered_at`,
    ...[id, siteId, destination, act, JSON.stringify(details), to?.id ?? null, to?.shown ?? ''],
    ...[attempts, answer, createdAt, at],
  )

/** Statements that forget whatever waits for a recipient, was given up or was delivered: for one who is erased or ends it. */
export const forgetting = (db: D1Database, recipientId: string): D1PreparedStatement[] =>
  ['outbox', 'deliveries'].map((table) =>
    sql(
      db,
      `DELETE FROM ${table} INDEXED BY ${table}_recipient WHERE recipient_id IS NOT NULL AND recipient_id = ?`,
      recipientId,
    ),
  )

/** Statements that forget what is too old to be looked at any more: in the first minute of an hour, and none in others. */
export const forgettingOld = (db: D1Database, now: number): D1PreparedStatement[] =>
  now % 3_600_000 < 60_000
    ? [
        sql(db, 'DELETE FROM outbox INDEXED BY outbox_dead WHERE dead_at < ?', now - keptMs),
        sql(db, 'DELETE FROM deliveries INDEXED BY deliveries_age WHERE delivered_at < ?', now - keptMs),
      ]
    : []
