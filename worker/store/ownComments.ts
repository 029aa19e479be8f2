import type { D1Database } from '@cloudflare/workers-types'
import type { Status } from '../contract/status.ts'
import { all, sql } from './database.ts'
import { latestName } from './latestWords.ts'

/** An author, as they are told of themselves. */
export interface OwnAuthorRow {
  publicId: string
  createdAt: number
  /** What they called themselves last; null where that is erased. */
  name: string | null
}

/** Some authors, by their numbers. */
export const authorsOf = (db: D1Database, authors: number[]): Promise<OwnAuthorRow[]> =>
  all(
    sql(
      db,
      `SELECT a.public_id AS publicId, a.created_at AS createdAt, (${latestName}) AS name
       FROM json_each(?) x CROSS JOIN authors a ON a.id = x.value`,
      JSON.stringify(authors),
    ),
  )

/**
 * Those of some authors in whose latest comments there is another e-mail address than some, or was before it was
 * forgotten.
 *
 * @param authors their numbers
 * @param bounds the addresses in small letters, and how many comments of each author are looked at
 */
export async function withOthers(
  db: D1Database,
  authors: number[],
  { but, looked }: { but: string[]; looked: number },
): Promise<Set<number>> {
  const rows = await all<{ author: number }>(
    sql(
      db,
      `SELECT a.id AS author FROM json_each(?1) x CROSS JOIN authors a ON a.id = x.value
       WHERE a.several_addresses OR EXISTS (
         SELECT 1 FROM (SELECT email FROM comments INDEXED BY comments_author WHERE author_id = a.id
           ORDER BY created_at DESC, seq DESC LIMIT ?2)
         WHERE email IS NOT NULL AND lower(email) NOT IN (SELECT value FROM json_each(?3)))`,
      JSON.stringify(authors),
      looked,
      JSON.stringify(but),
    ),
  )
  return new Set(rows.map(({ author }) => author))
}

/** A comment by its number, and how long its texts are. */
export interface SizedComment {
  seq: number
  bytes: number
}

/** The comments of some authors, by author in their order, the latest first. @param most comments that are told */
export const sizesOf = (db: D1Database, authors: number[], most: number): Promise<SizedComment[]> =>
  all(
    sql(
      db,
      `SELECT c.seq, octet_length(c.body) + coalesce((SELECT sum(octet_length(r.body)) FROM revisions r
           WHERE r.comment_seq = c.seq), 0) AS bytes
       FROM json_each(?) x CROSS JOIN comments c INDEXED BY comments_author ON c.author_id = x.value
       ORDER BY x.key, c.created_at DESC, c.seq DESC LIMIT ?`,
      JSON.stringify(authors),
      most,
    ),
  )

/** A comment with all that its author wrote of it and around it. */
export interface OwnCommentRow {
  /** The public id of its author. */
  author: string
  id: string
  siteId: string
  status: Status
  threadKey: string
  threadUrl: string
  threadTitle: string
  name: string
  email: string | null
  url: string | null
  body: string
  createdAt: number
  editedAt: number | null
  appeal: string | null
}

/** Some comments by their numbers, in the order of these. */
export const ownComments = (db: D1Database, seqs: number[]): Promise<OwnCommentRow[]> =>
  all(
    sql(
      db,
      `SELECT c.author_public_id AS author, c.id, c.site_id AS siteId, c.status, t.key AS threadKey,
         CASE t.count WHEN 0 THEN c.page_url ELSE t.url END AS threadUrl,
         coalesce(t.given_title, CASE t.count WHEN 0 THEN c.page_title ELSE t.title END) AS threadTitle,
         c.name, c.email, c.url, c.body, c.created_at AS createdAt, c.edited_at AS editedAt, c.appeal
       FROM json_each(?) x CROSS JOIN comments c ON c.seq = x.value CROSS JOIN threads t ON t.id = c.thread_id
       ORDER BY x.key`,
      JSON.stringify(seqs),
    ),
  )
