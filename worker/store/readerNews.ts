import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import { all, batch, over, sql } from './database.ts'
import type { CommentNews, Follower } from './followers.ts'

/** A statement that notes for followers that they are to be told of a comment: each once. */
export const addNews = (
  db: D1Database,
  { seq, threadId }: Pick<CommentNews, 'seq' | 'threadId'>,
  followers: Pick<Follower, 'id' | 'kind'>[],
): D1PreparedStatement =>
  over(
    db,
    followers.map(({ id, kind }) => ({ id, kind })),
    `INSERT INTO reader_news (comment_seq, subscriber_id, kind, thread_id) SELECT ?2, x.id, x.kind, ?3 FROM x
     WHERE TRUE ON CONFLICT DO NOTHING`,
    ...[seq, threadId],
  )

/** Who is told, and in which thread: what one mail is about. */
export interface Told {
  subscriberId: string
  threadId: number
}

const waiting = `reader_news INDEXED BY reader_news_told WHERE told_at IS NULL AND subscriber_id = ? AND thread_id = ?`

/**
 * Puts what waits for a subscriber into a mail; where an earlier one was not finished, that is the mail still.
 *
 * @param mail its name, if it is a new one
 * @returns the mail's name, and whether more waits than is in it; null where nothing waits
 */
export async function gather(
  db: D1Database,
  { subscriberId, threadId }: Told,
  mail: string,
): Promise<{ mail: string; more: boolean } | null> {
  const names = sql(
    db,
    `SELECT DISTINCT mail FROM ${waiting} ORDER BY mail IS NULL LIMIT 2`,
    ...[subscriberId, threadId],
  )
  const [started, other] = await all<{ mail: string | null }>(names)
  if (!started) return null
  if (started.mail !== null) return { mail: started.mail, more: other !== undefined }
  const [, left] = await batch(db, [
    sql(
      db,
      `UPDATE reader_news SET mail = ?1 WHERE (comment_seq, subscriber_id) IN (SELECT comment_seq, subscriber_id
         FROM reader_news INDEXED BY reader_news_told
         WHERE told_at IS NULL AND subscriber_id = ?2 AND thread_id = ?3 AND mail IS NULL
         ORDER BY comment_seq LIMIT ${mostOfMail})`,
      ...[mail, subscriberId, threadId],
    ),
    sql(db, `SELECT 1 FROM ${waiting} AND mail IS NULL LIMIT 1`, ...[subscriberId, threadId]),
  ])
  return { mail, more: (left?.results.length ?? 0) > 0 }
}

/** Comments that a mail tells of, at most. */
const mostOfMail = 100

/** A comment that is in a mail. */
export interface NewsItem {
  seq: number
  id: string
  kind: Follower['kind']
  /** 1 where readers see it, and the subscriber wants to be told of it still. */
  shown: number
}

/** The comments in a mail, the oldest first. */
export const inMail = (db: D1Database, { subscriberId, threadId }: Told, mail: string): Promise<NewsItem[]> =>
  all(
    sql(
      db,
      `SELECT c.seq, c.id, n.kind, c.shown_revision IS NOT NULL AND c.erased = 0 AND EXISTS (
           SELECT 1 FROM subscriptions WHERE subscriber_id = n.subscriber_id AND confirmed_at IS NOT NULL
             AND ((kind, comment_seq, thread_key) IN (VALUES ('replies', c.parent_seq, ''), ('thread', 0, t.key))
               OR (kind, comment_seq) = ('thread', 0) AND thread_key IN (
                 SELECT key FROM threads INDEXED BY threads_moved WHERE moved_to = t.id))) AS shown
       FROM reader_news n INDEXED BY reader_news_told CROSS JOIN comments c ON c.seq = n.comment_seq
         CROSS JOIN threads t ON t.id = c.thread_id
       WHERE n.told_at IS NULL AND n.subscriber_id = ? AND n.thread_id = ? AND n.mail = ?
       ORDER BY n.comment_seq LIMIT ${mostOfMail}`,
      ...[subscriberId, threadId, mail],
    ),
  )

/** What readers see of some comments, the oldest first. */
export const wordsOf = (
  db: D1Database,
  items: NewsItem[],
): Promise<{ id: string; name: string; content: string }[]> =>
  all(
    sql(
      db,
      `SELECT id, name, coalesce(shown_content, content) AS content FROM comments
       WHERE seq IN (SELECT value FROM json_each(?)) AND shown_revision IS NOT NULL AND erased = 0 ORDER BY seq`,
      JSON.stringify(items.map(({ seq }) => seq)),
    ),
  )

/** Statements that end a mail: what readers see was told; what they do not see may be told another time. */
export const ended = (
  db: D1Database,
  { subscriberId, threadId }: Told,
  { mail, items, at }: { mail: string; items: NewsItem[]; at: number },
): D1PreparedStatement[] => {
  const seqs = JSON.stringify(items.filter(({ shown }) => shown === 0).map(({ seq }) => seq))
  const of = [subscriberId, threadId, mail]
  return [
    sql(
      db,
      `DELETE FROM ${waiting} AND mail = ? AND comment_seq IN (SELECT value FROM json_each(?))`,
      ...[...of, seqs],
    ),
    sql(
      db,
      `UPDATE reader_news INDEXED BY reader_news_told SET told_at = ?
       WHERE told_at IS NULL AND subscriber_id = ? AND thread_id = ? AND mail = ?`,
      ...[at, ...of],
    ),
  ]
}

/** Ends a mail that nobody takes as it is: what comes after it is told all the same. */
export async function giveUp(db: D1Database, told: Told, mail: Parameters<typeof ended>[2]): Promise<void> {
  await batch(db, ended(db, told, mail))
}

/** How long it is known who was told of a comment, in milliseconds. */
export const newsKeptMs = 30 * 86_400_000

/** Statements that forget what was told a month ago, and what nobody is going to tell: its mail was given up by then. */
export const forgettingNews = (db: D1Database, now: number): D1PreparedStatement[] =>
  [
    `told_at < ${now - newsKeptMs}`,
    `told_at IS NULL AND NOT EXISTS (SELECT 1 FROM outbox INDEXED BY outbox_recipient
       WHERE recipient_id IS NOT NULL AND recipient_id = subscriber_id AND subject = subscriber_id || '.' || thread_id)`,
  ].map((over) =>
    sql(
      db,
      `DELETE FROM reader_news WHERE (comment_seq, subscriber_id) IN (SELECT comment_seq, subscriber_id
         FROM reader_news INDEXED BY reader_news_told WHERE ${over} LIMIT 500)`,
    ),
  )
