import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import { dayOf } from '../contract/networks.ts'
import { all, batch, first, sql } from './database.ts'
import { forgetting } from './deliveries.ts'
import type { NewDelivery } from './delivery.ts'
import { addDeliveries } from './outbox.ts'

/** Somebody who is told by mail, or is to be. */
export interface Subscriber {
  id: string
  siteId: string
  /** Empty once it has ended. */
  address: string
  locale: string
  state: 'pending' | 'confirmed' | 'ended'
  complained: number
}

/** A subscriber by their id, or null. */
export const find = (db: D1Database, id: string): Promise<Subscriber | null> =>
  first(
    sql(
      db,
      'SELECT id, site_id AS siteId, address, locale, state, complained FROM subscribers WHERE id = ?',
      id,
    ),
  )

/** What a subscriber is asked about, whichever kinds of news of it: a comment by its number, or a thread by its key. */
interface Asked {
  commentSeq: number
  threadKey: string
  /** Milliseconds since the epoch: what was asked for later is not meant. */
  until: number
}

/** Their own comment that a subscriber was asked about: of what becomes of it they are told next. */
export async function askedFates(
  db: D1Database,
  id: string,
  { commentSeq, until }: Asked,
): Promise<string[]> {
  const rows = await all<{ commentId: string }>(
    sql(
      db,
      `SELECT c.id AS commentId FROM subscriptions u CROSS JOIN comments c ON c.seq = u.comment_seq
       WHERE u.subscriber_id = ? AND u.kind = 'fate' AND u.confirmed_at IS NULL AND u.comment_seq = ?
         AND u.created_at <= ?`,
      ...[id, commentSeq, until],
    ),
  )
  return rows.map(({ commentId }) => commentId)
}

/** Confirms what a subscriber was asked about, and has something told of it. */
export async function confirm(
  db: D1Database,
  id: string,
  { commentSeq, threadKey, until, now, told }: Asked & { now: number; told: NewDelivery[] },
): Promise<void> {
  await batch(db, [
    sql(
      db,
      `UPDATE subscriptions SET confirmed_at = ? WHERE subscriber_id = ? AND comment_seq = ? AND thread_key = ?
         AND confirmed_at IS NULL AND created_at <= ?`,
      ...[now, id, commentSeq, threadKey, until],
    ),
    sql(
      db,
      `UPDATE subscribers SET state = 'confirmed', asked = 0, changed_at = ?1 WHERE id = ?2 AND EXISTS (
         SELECT 1 FROM subscriptions WHERE subscriber_id = ?2 AND confirmed_at IS NOT NULL)`,
      ...[now, id],
    ),
    ...(told.length > 0
      ? [
          addDeliveries(
            db,
            told.map((one) => ({ ...one })),
            { text: 'TRUE', values: [] },
          ),
        ]
      : []),
  ])
}

/** SQL for the values of a bound list. */
const listed = '(SELECT value FROM json_each(?))'

/** Statements that end all that subscribers are told of; their addresses go with it. */
export const ending = (db: D1Database, ids: string[]): D1PreparedStatement[] => [
  sql(db, `DELETE FROM subscriptions WHERE subscriber_id IN ${listed}`, JSON.stringify(ids)),
  // Where nothing is left that could end.
  sql(
    db,
    `UPDATE subscribers SET state = 'ended', address = '', address_hash = NULL, changed_at = unixepoch() * 1000
     WHERE id IN ${listed} AND state <> 'ended'`,
    JSON.stringify(ids),
  ),
  sql(
    db,
    `DELETE FROM reader_news INDEXED BY reader_news_told WHERE told_at IS NULL AND subscriber_id IN ${listed}`,
    JSON.stringify(ids),
  ),
  ...forgetting(db, ids),
]

/** Ends all that a subscriber is told of. */
export async function endAll(db: D1Database, id: string): Promise<void> {
  await batch(db, ending(db, [id]))
}

/** The same, for good: they did not want it. */
export async function complain(db: D1Database, id: string): Promise<void> {
  await batch(db, complaining(db, [id]))
}

/** Statements of complaints. */
const complaining = (db: D1Database, ids: string[]): D1PreparedStatement[] => [
  ...ending(db, ids),
  sql(db, `UPDATE subscribers SET complained = 1 WHERE id IN ${listed}`, JSON.stringify(ids)),
]

/**
 * Ends all that goes to some addresses, on every site of a database. However many they are, it takes seven statements.
 *
 * @param addressHashes see `mail/addressHash.ts`
 * @param but a subscriber who stays
 */
export async function endAddresses(
  db: D1Database,
  addressHashes: string[],
  { isComplaint = false, but }: { isComplaint?: boolean; but?: string | undefined } = {},
): Promise<void> {
  const found = await all<{ id: string }>(
    sql(
      db,
      `SELECT id FROM subscribers INDEXED BY subscribers_address
       WHERE address_hash IS NOT NULL AND address_hash IN ${listed}`,
      JSON.stringify(addressHashes),
    ),
  )
  const ids = found.flatMap(({ id }) => (id === but ? [] : id))
  if (ids.length > 0) await batch(db, isComplaint ? complaining(db, ids) : ending(db, ids))
}

/**
 * Statements that forget who never confirmed, and who ended it, a month later; what was asked for and not confirmed;
 * what became of comments long ago; and how much was asked for on past days.
 */
export const forgettingSubscribers = (db: D1Database, now: number): D1PreparedStatement[] => [
  sql(
    db,
    `DELETE FROM subscribers WHERE id IN (SELECT id FROM subscribers INDEXED BY subscribers_over
       WHERE state <> 'confirmed' AND complained = 0 AND changed_at < ? LIMIT 500)`,
    now - keptMs,
  ),
  sql(
    db,
    `DELETE FROM subscriptions WHERE (subscriber_id, kind, comment_seq, thread_key) IN (
       SELECT subscriber_id, kind, comment_seq, thread_key FROM subscriptions INDEXED BY subscriptions_unconfirmed
       WHERE confirmed_at IS NULL AND created_at < ? LIMIT 500)`,
    now - keptMs,
  ),
  sql(
    db,
    `DELETE FROM subscriptions WHERE (subscriber_id, kind, comment_seq, thread_key) IN (
       SELECT subscriber_id, kind, comment_seq, thread_key FROM subscriptions INDEXED BY subscriptions_fate
       WHERE kind = 'fate' AND confirmed_at < ?1 AND EXISTS (
         SELECT 1 FROM comments c CROSS JOIN decisions d ON d.id = c.decision_id
         WHERE c.seq = comment_seq AND c.status <> 'pending' AND d.decided_at < ?1) LIMIT 500)`,
    now - fateMs,
  ),
  sql(db, 'DELETE FROM subscription_days WHERE day < ?', dayOf(now).number),
]

/** How long it is told what becomes of a comment, once it was decided and unless it waits, in milliseconds. */
const fateMs = 90 * 86_400_000

/** How long a request waits to be confirmed, and how long it is known who ended it, in milliseconds. */
const keptMs = 30 * 86_400_000
