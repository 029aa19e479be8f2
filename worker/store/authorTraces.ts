import type { D1Database } from '@cloudflare/workers-types'
import type { FlagReason } from '../contract/flagReasons.ts'
import type { SubscriptionKind } from '../contract/subscriptions.ts'
import { all, sql } from './database.ts'

/** Things of each kind that are told of an author. */
const mostTold = 100

/** A complaint that an author made. */
interface MadeFlag {
  commentId: string
  reason: FlagReason
  note: string
  at: number
}

/** The latest complaints that an author made about comments of others. @param author their public id */
export const flagsOf = (db: D1Database, author: string): Promise<MadeFlag[]> =>
  all(
    sql(
      db,
      `SELECT c.id AS commentId, f.reason, f.note, f.at
       FROM authors a CROSS JOIN flags f INDEXED BY flags_of_reader ON f.site_id = a.site_id AND f.reader = a.token_hash
         CROSS JOIN comments c ON c.seq = f.comment_seq
       WHERE a.public_id = ? ORDER BY f.at DESC LIMIT ${mostTold}`,
      author,
    ),
  )

/** What an author's browser asked to be told of by mail. */
interface Wished {
  kind: SubscriptionKind
  /** The key of the page. */
  key: string
  createdAt: number
  confirmedAt: number | null
}

/** What an author's browser asked to be told of by mail, on their site. @param author their public id */
export const subscriptionsOf = (db: D1Database, author: string): Promise<Wished[]> =>
  all(
    sql(
      db,
      `SELECT u.kind, coalesce(t.key, u.thread_key) AS key, u.created_at AS createdAt, u.confirmed_at AS confirmedAt
       FROM authors a CROSS JOIN subscriptions u INDEXED BY subscriptions_reader
           ON u.reader = a.token_hash AND u.site_id = a.site_id
         LEFT JOIN comments c ON c.seq = u.comment_seq LEFT JOIN threads t ON t.id = c.thread_id
       WHERE a.public_id = ? LIMIT ${mostTold}`,
      author,
    ),
  )
