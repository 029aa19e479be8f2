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
  await batch(db, [
    sql(
      db,
      `UPDATE reader_news INDEXED BY reader_news_told SET mail = ?
       WHERE told_at IS NULL AND subscriber_id = ? AND thread_id = ? AND mail IS NULL`,
      ...[mail, subscriberId, threadId],
    ),
  ])
  return { mail, more: false }
}

/** A comment that is in a mail. */
export interface NewsItem {
  seq: number
  id: string
  kind: Follower['kind']
  name: string
  content: string
  /** 1 where readers see it. */
  shown: number
}

/** The comments in a mail, the oldest first. */
export const inMail = (db: D1Database, { subscriberId, threadId }: Told, mail: string): Promise<NewsItem[]> =>
  all(
    sql(
      db,
      `SELECT c.seq, c.id, n.kind, c.name, coalesce(c.shown_content, c.content) AS content,
         c.shown_revision IS NOT NULL AND c.erased = 0 AS shown
       FROM reader_news n INDEXED BY reader_news_told CROSS JOIN comments c ON c.seq = n.comment_seq
       WHERE n.told_at IS NULL AND n.subscriber_id = ? AND n.thread_id = ? AND n.mail = ? ORDER BY n.comment_seq LIMIT 100`,
      ...[subscriberId, threadId, mail],
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

/** A statement that forgets what was told a month ago. */
export const forgettingNews = (db: D1Database, now: number): D1PreparedStatement =>
  sql(
    db,
    `DELETE FROM reader_news WHERE (comment_seq, subscriber_id) IN (SELECT comment_seq, subscriber_id
       FROM reader_news INDEXED BY reader_news_told WHERE told_at < ? LIMIT 500)`,
    now - 30 * 86_400_000,
  )
