import type { D1Database } from '@cloudflare/workers-types'
import { all, sql } from './database.ts'
import { byTime } from './timeOrder.ts'

/** How an author's latest comment begins, and what they called themselves there. */
export interface LatestWords {
  commentId: string
  name: string
  excerpt: string
}

/** What an author `a` called themselves last, in a query; null where that is erased. */
export const latestName = `SELECT iif(n.erased, NULL, n.name) FROM comments n INDEXED BY comments_author
  WHERE n.author_id = a.id ORDER BY n.created_at DESC, n.seq DESC LIMIT 1`

/** The latest words of some authors, by their public ids; who has none any more is left out. */
export async function latestWords(db: D1Database, authorIds: string[]): Promise<Map<string, LatestWords>> {
  if (authorIds.length === 0) return new Map()
  const rows = await all<LatestWords & { author: string }>(
    sql(
      db,
      `SELECT a.public_id AS author, c.id AS commentId, c.name, substr(c.body, 1, 400) AS excerpt
       FROM authors a JOIN comments c ON c.seq = (
         SELECT seq FROM comments INDEXED BY comments_author
         WHERE author_id = a.id AND erased = 0 ORDER BY ${byTime('comments', 'DESC')} LIMIT 1)
       WHERE a.public_id IN (SELECT value FROM json_each(?))`,
      JSON.stringify([...new Set(authorIds)]),
    ),
  )
  return new Map(rows.map(({ author, ...words }) => [author, words]))
}
