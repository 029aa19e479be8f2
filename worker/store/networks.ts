import type { D1Database } from '@cloudflare/workers-types'
import { first, sql } from './database.ts'

/** What is known of a network: the hash of an address, or of the network that it begins with. */
export type NetworkHash = string

/** SQL for the addresses of a column that are in the network that a parameter names. */
export const within = (column: string, parameter: string) =>
  `${column} >= ${parameter} AND ${column} < ${parameter} || '/'`

/** The hash of the address that an author last wrote from since some time; null where none is known. */
export async function latestAddress(
  db: D1Database,
  siteId: string,
  author: string,
  since: number,
): Promise<NetworkHash | null> {
  const row = await first<{ address: string }>(
    sql(
      db,
      `SELECT c.address FROM authors a JOIN comments c INDEXED BY comments_author ON c.author_id = a.id
       WHERE a.public_id = ? AND a.site_id = ? AND c.created_at >= ? AND c.address IS NOT NULL
       ORDER BY c.created_at DESC, c.seq DESC LIMIT 1`,
      author,
      siteId,
      since,
    ),
  )
  return row?.address ?? null
}

/** Others of a site who wrote from a network, and their comments, looking at no more than `most` comments. */
export async function othersWithin(
  db: D1Database,
  { siteId, author, network, most }: { siteId: string; author: string; network: NetworkHash; most: number },
): Promise<{ authors: number; comments: number }> {
  const row = await first<{ authors: number; comments: number }>(
    sql(
      db,
      `SELECT count(*) AS comments, count(DISTINCT author) AS authors FROM (
         SELECT site_id AS site, author_public_id AS author FROM comments INDEXED BY comments_address
         WHERE ${within('address', '?1')} ORDER BY address LIMIT ?2)
       WHERE site = ?3 AND author <> ?4`,
      network,
      most,
      siteId,
      author,
    ),
  )
  return row ?? { authors: 0, comments: 0 }
}
