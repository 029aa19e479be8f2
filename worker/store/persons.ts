import type { D1Database } from '@cloudflare/workers-types'
import { all, sql } from './database.ts'
import { latestName } from './latestWords.ts'
import { notStaff } from './staffAuthors.ts'

/** An author who wrote with an e-mail address. */
export interface NamesakeRow {
  publicId: string
  siteId: string
  siteName: string
  /** As their latest comment says; null where that is erased. */
  name: string | null
  /** Comments that have words, as far as they were counted. */
  comments: number
}

/**
 * The e-mail addresses in the latest comments of authors, in small letters.
 *
 * @param authors their numbers
 * @param bounds how many comments of each are looked at, and how many addresses are told
 */
export const addressesOf = (
  db: D1Database,
  authors: number[],
  { looked, most }: { looked: number; most: number },
): Promise<{ email: string }[]> =>
  all(
    sql(
      db,
      `SELECT DISTINCT lower(c.email) AS email FROM json_each(?1) x CROSS JOIN comments c ON c.seq IN (
         SELECT seq FROM comments INDEXED BY comments_author WHERE author_id = x.value
         ORDER BY created_at DESC, seq DESC LIMIT ?2)
       WHERE c.email IS NOT NULL LIMIT ?3`,
      JSON.stringify(authors),
      looked,
      most,
    ),
  )

/**
 * Authors who wrote with any of some e-mail addresses; staff are none. It looks once at the index for each author, however
 * much they wrote.
 *
 * @param emails in small letters
 * @param bounds how many authors are told, and how many comments of each are counted
 */
export const byAddresses = (
  db: D1Database,
  emails: string[],
  { most, counted }: { most: number; counted: number },
): Promise<NamesakeRow[]> => {
  const next = (after: string) => `(SELECT author_id FROM comments INDEXED BY comments_email
    WHERE email IS NOT NULL AND lower(email) = ${after} ORDER BY author_id LIMIT 1)`
  return all<NamesakeRow>(
    sql(
      db,
      `WITH RECURSIVE found (email, id) AS (
         SELECT value, ${next('value')} FROM json_each(?1)
         UNION ALL SELECT email, ${next('found.email AND author_id > found.id')} FROM found WHERE id IS NOT NULL
         LIMIT ?2)
       SELECT a.public_id AS publicId, a.site_id AS siteId, s.name AS siteName, (${latestName}) AS name,
         (SELECT count(*) FROM (SELECT 1 FROM comments INDEXED BY comments_author
           WHERE author_id = a.id AND erased = 0 LIMIT ?3)) AS comments
       FROM (SELECT DISTINCT id FROM found WHERE id IS NOT NULL) o
         CROSS JOIN authors a ON a.id = o.id JOIN sites s ON s.id = a.site_id
       WHERE ${notStaff('a')} ORDER BY s.name, s.id, a.id`,
      JSON.stringify(emails),
      // Each address ends with a line that has none.
      most + emails.length,
      counted,
    ),
  )
}
