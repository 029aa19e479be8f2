import type { D1Database } from '@cloudflare/workers-types'
import type { AppealState } from '../contract/appeals.ts'
import type { ActorKind } from '../contract/decisions.ts'
import type { Status } from '../contract/status.ts'
import type { SubscriptionKind } from '../contract/subscriptions.ts'
import { all, first, sql } from './database.ts'
import { reasonsOfSite } from './phrases.ts'

/** A comment, as subscribers are told of it. */
export interface CommentNews {
  id: string
  seq: number
  siteId: string
  parentSeq: number | null
  threadId: number
  threadKey: string
  threadUrl: string
  title: string
  status: Status
  /** Null where readers do not see it. */
  shownRevision: number | null
  revision: number
  name: string
  content: string
  email: string | null
  /** The hash of its author's token. */
  author: string
  createdAt: number
  /** When it was first published, by a decision that nobody took back; null where none did. */
  publishedAt: number | null
  /** Of the decision that stands: when, and by whom. */
  decisionId: string | null
  decidedAt: number | null
  decidedBy: ActorKind | null
}

const newsColumns = `c.id, c.seq, c.site_id AS siteId, c.parent_seq AS parentSeq, c.thread_id AS threadId, t.key AS threadKey, t.url AS threadUrl,
  coalesce(t.given_title, t.title) AS title, c.status, c.shown_revision AS shownRevision, c.revision, c.name,
  coalesce(c.shown_content, c.content) AS content, c.email, a.token_hash AS author, c.created_at AS createdAt,
  (SELECT decided_at FROM decisions INDEXED BY decisions_comment WHERE comment_seq = c.seq AND undone_at IS NULL
     AND status_after = 'approved' ORDER BY decided_at LIMIT 1) AS publishedAt,
  d.id AS decisionId, d.decided_at AS decidedAt, d.actor_kind AS decidedBy`

const newsTables = `comments c CROSS JOIN threads t ON t.id = c.thread_id CROSS JOIN authors a ON a.id = c.author_id
  LEFT JOIN decisions d ON d.id = c.decision_id`

/** A comment as subscribers are told of it; null where it is gone, words and all. */
export const commentNews = (db: D1Database, commentId: string): Promise<CommentNews | null> =>
  first(sql(db, `SELECT ${newsColumns} FROM ${newsTables} WHERE c.id = ? AND c.erased = 0`, commentId))

/** Somebody to be told of a comment. */
export interface Recipient {
  id: string
  address: string
}

/** Who is told what becomes of a comment. */
export const toldOfFate = (db: D1Database, commentSeq: number): Promise<Recipient[]> =>
  all(
    sql(
      db,
      `SELECT s.id, s.address FROM subscriptions u INDEXED BY subscriptions_comment
         CROSS JOIN subscribers s ON s.id = u.subscriber_id
       WHERE u.comment_seq = ? AND u.comment_seq > 0 AND u.kind = 'fate' AND u.confirmed_at IS NOT NULL LIMIT 10`,
      commentSeq,
    ),
  )

/** Why somebody is told of a new comment: it answers theirs, or they follow the thread. */
export type NewsKind = Exclude<SubscriptionKind, 'fate'>

/** Somebody who follows what a new comment belongs to. */
export interface Follower extends Recipient {
  kind: NewsKind
  /** 1 where they wrote it themselves, as far as that is known. */
  own: number
}

/**
 * Who followed a thread, or a comment that a new one answers, before that was published, in the order of their ids: so
 * many that come after one.
 *
 * @param own the id that the author's own address has on the site
 */
export function followers(
  db: D1Database,
  { siteId, parentSeq, threadId, threadKey, author, publishedAt }: CommentNews,
  { own, after, limit }: { own: string; after: string; limit: number },
): Promise<Follower[]> {
  const some = (index: string, where: string, from = '') => `SELECT * FROM (SELECT u.subscriber_id, u.kind
    FROM ${from} subscriptions u INDEXED BY ${index}
    WHERE ${where} AND u.confirmed_at IS NOT NULL AND u.created_at <= ?8 AND u.subscriber_id > ?1
    ORDER BY u.subscriber_id LIMIT ?2)`
  return all(
    sql(
      db,
      `SELECT s.id, s.address, u.kind, s.id = ?6 OR EXISTS (
           SELECT 1 FROM subscriptions o WHERE o.subscriber_id = s.id AND o.reader = ?7) AS own
       FROM (SELECT subscriber_id, min(kind) AS kind FROM (
           ${some('subscriptions_comment', "u.comment_seq = ?3 AND u.comment_seq > 0 AND u.kind = 'replies'")}
           UNION ALL ${some('subscriptions_thread', "u.site_id = ?4 AND u.thread_key = ?5 AND u.kind = 'thread'")}
           UNION ALL ${some(
             'subscriptions_thread',
             "m.moved_to = ?9 AND u.site_id = ?4 AND u.thread_key = m.key AND u.kind = 'thread'",
             'threads m INDEXED BY threads_moved CROSS JOIN',
           )})
         GROUP BY subscriber_id ORDER BY subscriber_id LIMIT ?2) u CROSS JOIN subscribers s ON s.id = u.subscriber_id`,
      ...[
        after,
        limit,
        parentSeq ?? 0,
        siteId,
        threadKey,
        own,
        author,
        publishedAt ?? Number.MAX_SAFE_INTEGER,
        threadId,
      ],
    ),
  )
}

/** Holds where somebody is to be told of a comment. @param id SQL of its id, and of its site */
export const isFollowed = ({ id, siteId }: { id: string; siteId: string }): string =>
  // Most sites have nobody who is told: there it costs no more than this look.
  `EXISTS (SELECT 1 FROM subscribers INDEXED BY subscribers_site WHERE site_id = ${siteId} AND state = 'confirmed')
   AND EXISTS (SELECT 1 FROM comments c CROSS JOIN threads t ON t.id = c.thread_id WHERE c.id = ${id} AND (
     EXISTS (SELECT 1 FROM subscriptions INDEXED BY subscriptions_comment
       WHERE comment_seq = c.seq AND comment_seq > 0 AND kind = 'fate')
     OR EXISTS (SELECT 1 FROM subscriptions INDEXED BY subscriptions_comment
       WHERE comment_seq = c.parent_seq AND comment_seq > 0 AND kind = 'replies')
     OR EXISTS (SELECT 1 FROM subscriptions INDEXED BY subscriptions_thread
       WHERE site_id = t.site_id AND thread_key = t.key AND kind = 'thread')
     OR EXISTS (SELECT 1 FROM threads m INDEXED BY threads_moved CROSS JOIN subscriptions u INDEXED BY subscriptions_thread
       WHERE m.moved_to = t.id AND u.site_id = t.site_id AND u.thread_key = m.key AND u.kind = 'thread')))`

/** What became of a comment, for whoever wants to be told. */
export interface Fate extends CommentNews {
  /**
   * The decision that refused it, or had readers see it: when, by whom and why. What stands may be a later one, that leaves
   * it at that, as an edit of the staff's does.
   */
  fateId: string | null
  fatedAt: number | null
  fatedBy: ActorKind | null
  reason: string | null
  /** When its author wrote what that decision was about. */
  writtenAt: number
  /** The site's own reasons, as they are stored. */
  siteReasons: string | null
  appealState: AppealState | null
  /** Whether its author said why it should be looked at again; null where they did not ask. */
  appeal: string | null
  /** What they were told last. */
  told: string | null
}

/** What became of a comment, for one who confirmed that they want to be told; null for others, and where it is gone. */
export const fateFor = (db: D1Database, commentId: string, subscriberId: string): Promise<Fate | null> =>
  first(
    sql(
      db,
      `SELECT ${newsColumns}, f.id AS fateId, f.decided_at AS fatedAt, f.actor_kind AS fatedBy, f.reason,
         coalesce((SELECT max(decided_at) FROM decisions INDEXED BY decisions_comment WHERE comment_seq = c.seq
           AND action = 'edit' AND actor_kind = 'author' AND decided_at <= f.decided_at), c.created_at) AS writtenAt,
         ${reasonsOfSite} AS siteReasons, c.appeal_state AS appealState, c.appeal, u.told
       FROM ${newsTables} LEFT JOIN decisions f ON f.id = (
           SELECT id FROM decisions INDEXED BY decisions_comment WHERE comment_seq = c.seq AND undone_at IS NULL
             AND action NOT IN ('edit', 'redact', 'appeal') AND status_after = c.status
             AND (status_after <> 'approved' OR shown_before IS NULL) ORDER BY decided_at DESC LIMIT 1)
         CROSS JOIN subscriptions u ON u.subscriber_id = ? AND u.kind = 'fate' AND u.comment_seq = c.seq
       WHERE c.id = ? AND c.erased = 0 AND u.confirmed_at IS NOT NULL`,
      ...[subscriberId, commentId],
    ),
  )

/** A statement that notes what a subscriber was told of their comment. */
export const noteTold = (db: D1Database, subscriberId: string, commentSeq: number, told: string) =>
  sql(
    db,
    "UPDATE subscriptions SET told = ? WHERE subscriber_id = ? AND kind = 'fate' AND comment_seq = ? AND thread_key = ''",
    ...[told, subscriberId, commentSeq],
  )

/** The thread that some news is of; null where it is gone. */
export const threadOf = (
  db: D1Database,
  id: number,
): Promise<Pick<CommentNews, 'threadKey' | 'threadUrl' | 'title'> | null> =>
  first(
    sql(
      db,
      `SELECT key AS threadKey, url AS threadUrl, coalesce(given_title, title) AS title FROM threads
       WHERE id = (SELECT coalesce(moved_to, id) FROM threads WHERE id = ?)`,
      id,
    ),
  )
