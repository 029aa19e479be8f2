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

/** An author of a site, by their public id. */
export interface AuthorOfSite {
  siteId: string
  author: string
}

/** What names an author of a site in a map. */
export const keyOf = ({ siteId, author }: AuthorOfSite) => `${siteId}/${author}`

/** The latest words of some authors, by `keyOf`; who is of another site, or has none any more, is left out. */
export async function latestWords(
  db: D1Database,
  authors: AuthorOfSite[],
): Promise<Map<string, LatestWords>> {
  if (authors.length === 0) return new Map()
  const asked = new Map(authors.map((one) => [keyOf(one), [one.author, one.siteId]]))
  const rows = await all<LatestWords & AuthorOfSite>(
    sql(
      db,
      `SELECT a.public_id AS author, a.site_id AS siteId, c.id AS commentId, c.name, substr(c.body, 1, 400) AS excerpt
       FROM json_each(?) x CROSS JOIN authors a ON a.public_id = x.value ->> 0 AND a.site_id = x.value ->> 1
         CROSS JOIN comments c ON c.seq = (
           SELECT seq FROM comments INDEXED BY comments_author
           WHERE author_id = a.id AND erased = 0 ORDER BY ${byTime('comments', 'DESC')} LIMIT 1)`,
      JSON.stringify([...asked.values()]),
    ),
  )
  return new Map(rows.map(({ author, siteId, ...words }) => [keyOf({ author, siteId }), words]))
}
