import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { Status } from '../contract/status.ts'
import { all, over, sql } from './database.ts'

/**
 * SQL that holds of comments with the text of a fingerprint. Earlier releases kept whole digests, of which it is the
 * beginning.
 */
export const hasText = (fingerprint: string) =>
  `body_hash BETWEEN substr(${fingerprint}, 1, 22) AND substr(${fingerprint}, 1, 22) || '~'`

/** A comment with a signature that has a quarter in common with another's, `of`. */
export interface Alike {
  of: number
  seq: number
  id: string
  status: Status
  signature: string
}

/** Comments that have a quarter in common with some signatures, for each the latest of each quarter, or the first. */
export async function alike(
  db: D1Database,
  siteId: string,
  comments: { seq: number; signature: string }[],
  { from, most }: { from: 'latest' | 'first'; most: number },
): Promise<Alike[]> {
  if (comments.length === 0) return []
  return all(
    over(
      db,
      comments,
      `SELECT x.seq AS of, c.seq, c.id, c.status, c.signature FROM x CROSS JOIN comments c
       WHERE c.seq IN (${[1, 2, 3, 4].map((quarter) => withQuarter(quarter, from)).join(' UNION ')}) ORDER BY c.seq DESC`,
      siteId,
      most,
    ),
  )
}

/** A query of comments that have a quarter of `x.signature`. */
function withQuarter(quarter: number, from: 'latest' | 'first'): string {
  const part = (signature: string) => `substr(${signature}, ${quarter * 16 - 15}, 16)`
  return `SELECT * FROM (SELECT q.seq FROM comments q INDEXED BY comments_alike_${quarter}
    WHERE q.site_id = ?2 AND q.signature IS NOT NULL AND ${part('q.signature')} = ${part('x.signature')}
      AND q.seq <> x.seq ORDER BY q.seq ${from === 'latest' ? 'DESC' : 'ASC'} LIMIT ?3)`
}

/**
 * Those of some hosts that no approved comment of the site links to, with how many called spam do, looking at the
 * latest ten of each.
 */
export async function newHosts(
  db: D1Database,
  comment: { siteId: string; seq: number },
  hosts: string[],
): Promise<{ host: string; spam: number }[]> {
  if (hosts.length === 0) return []
  return all(
    sql(
      db,
      `SELECT h.value AS host, coalesce(sum(c.status = 'spam'), 0) AS spam
       FROM json_each(?1) h LEFT JOIN comments c ON c.seq IN (
         SELECT comment_seq FROM linked_hosts WHERE site_id = ?2 AND host = h.value AND comment_seq <> ?3
         ORDER BY comment_seq DESC LIMIT 10)
       GROUP BY h.value
       HAVING coalesce(sum(c.status = 'approved' AND c.shown_revision = c.revision), 0) = 0`,
      JSON.stringify([...new Set(hosts)]),
      comment.siteId,
      comment.seq,
    ),
  )
}

/**
 * The statements that note which hosts a comment links to, in place of former ones, as long as it has the revision
 * that they are of.
 */
export const linking = (
  db: D1Database,
  { seq, revision }: { seq: number; revision: number },
  hosts: string[],
): D1PreparedStatement[] => [
  ...(revision > 1 ? [sql(db, 'DELETE FROM linked_hosts WHERE comment_seq = ?', seq)] : []),
  ...(hosts.length > 0
    ? [
        sql(
          db,
          `INSERT OR IGNORE INTO linked_hosts (site_id, host, comment_seq)
           SELECT c.site_id, v.value, c.seq FROM comments c, json_each(?) v
           WHERE c.seq = ? AND c.revision = ? AND c.erased = 0`,
          JSON.stringify(hosts),
          seq,
          revision,
        ),
      ]
    : []),
]
