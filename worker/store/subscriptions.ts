import type { D1Database } from '@cloudflare/workers-types'
import type { SubscriptionKind } from '../contract/subscriptions.ts'
import { all, batch, sql } from './database.ts'
import { threadAt } from './threads.ts'

/** Something that a subscriber is told of, or would be. */
export interface Subscription {
  kind: SubscriptionKind
  /** 0 for a thread. */
  commentSeq: number
  /** Null for a thread. */
  commentId: string | null
  /** Empty for a comment. */
  threadKey: string
  createdAt: number
  confirmedAt: number | null
  /** The page that it is about: its key, and what is known of it where readers see comments there. */
  key: string
  url: string
  title: string
}

/** All that a subscriber is told of, or would be, in the order in which it was asked for. */
export const listed = (db: D1Database, subscriberId: string): Promise<Subscription[]> =>
  all(
    sql(
      db,
      `SELECT u.kind, u.comment_seq AS commentSeq, c.id AS commentId, u.thread_key AS threadKey, u.created_at AS createdAt,
         u.confirmed_at AS confirmedAt, coalesce(t.key, u.thread_key) AS key, iif(t.count > 0, t.url, '') AS url,
         coalesce(t.given_title, iif(t.count > 0, t.title, ''), '') AS title
       FROM subscriptions u LEFT JOIN comments c ON c.seq = u.comment_seq
         LEFT JOIN threads t ON t.id = coalesce(c.thread_id,
           ${threadAt('u.site_id', 'u.thread_key')})
       WHERE u.subscriber_id = ? ORDER BY u.created_at, u.comment_seq, u.kind`,
      subscriberId,
    ),
  )

/** Ends one of them. With the last goes the address. */
export async function end(
  db: D1Database,
  subscriberId: string,
  { kind, commentSeq, threadKey }: Pick<Subscription, 'kind' | 'commentSeq' | 'threadKey'>,
): Promise<void> {
  await batch(db, [
    sql(
      db,
      'DELETE FROM subscriptions WHERE subscriber_id = ? AND kind = ? AND comment_seq = ? AND thread_key = ?',
      ...[subscriberId, kind, commentSeq, threadKey],
    ),
  ])
}
