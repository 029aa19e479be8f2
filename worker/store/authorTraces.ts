import type { D1Database } from '@cloudflare/workers-types'
import type { FlagReason } from '../contract/flagReasons.ts'
import type { SubscriptionKind } from '../contract/subscriptions.ts'
import { all, sql } from './database.ts'

/** Whose traces are looked for, and how many of them are told. */
interface Asked {
  /** Public ids. */
  authors: string[]
  most: number
}

/** A complaint that an author made. */
interface MadeFlag {
  /** Their public id. */
  author: string
  commentId: string
  reason: FlagReason
  note: string
  at: number
}

/** The latest complaints that authors made about comments of others. */
export const flagsOf = (db: D1Database, { authors, most }: Asked): Promise<MadeFlag[]> =>
  all(
    sql(
      db,
      `SELECT a.public_id AS author, c.id AS commentId, f.reason, f.note, f.at
       FROM json_each(?) x CROSS JOIN authors a ON a.public_id = x.value CROSS JOIN flags f INDEXED BY flags_of_reader ON f.site_id = a.site_id AND f.reader = a.token_hash
         CROSS JOIN comments c ON c.seq = f.comment_seq
       ORDER BY f.at DESC LIMIT ?`,
      JSON.stringify(authors),
      most,
    ),
  )

/** What an author's browser asked to be told of by mail. */
interface Wished {
  /** The author's public id. */
  author: string
  kind: SubscriptionKind
  /** The key of the page. */
  key: string
  createdAt: number
  confirmedAt: number | null
}

/** What the browsers of authors asked to be told of by mail, on their sites. */
export const subscriptionsOf = (db: D1Database, { authors, most }: Asked): Promise<Wished[]> =>
  all(
    sql(
      db,
      `SELECT a.public_id AS author, u.kind, coalesce(t.key, u.thread_key) AS key, u.created_at AS createdAt,
         u.confirmed_at AS confirmedAt
       FROM json_each(?) x CROSS JOIN authors a ON a.public_id = x.value CROSS JOIN subscriptions u INDEXED BY subscriptions_reader
           ON u.reader = a.token_hash AND u.site_id = a.site_id
         LEFT JOIN comments c ON c.seq = u.comment_seq LEFT JOIN threads t ON t.id = c.thread_id
       LIMIT ?`,
      JSON.stringify(authors),
      most,
    ),
  )
