import type { D1Database } from '@cloudflare/workers-types'
import { first, over, sql } from './database.ts'
import { type NetworkHash, within } from './networks.ts'

/** Who wrote to a site since a time, looking at no more than `most` comments. */
interface Asked {
  siteId: string
  /** An author's public id, or a host. */
  value: string
  since: number
  most: number
}

interface Count {
  authors: number
  comments: number
}

const none: Count = { authors: 0, comments: 0 }

const counted = 'SELECT count(*) AS comments, count(DISTINCT author) AS authors FROM'

/** Comments of an author. */
export const ofAuthor = async (db: D1Database, { siteId, value, since, most }: Asked): Promise<Count> =>
  (await first<Count>(
    sql(
      db,
      `${counted} (SELECT c.author_id AS author
         FROM authors a JOIN comments c INDEXED BY comments_author ON c.author_id = a.id
         WHERE a.public_id = ? AND a.site_id = ? AND c.created_at >= ? LIMIT ?)`,
      value,
      siteId,
      since,
      most,
    ),
  )) ?? none

/** Comments that link to a host. */
export const ofHost = async (db: D1Database, { siteId, value, since, most }: Asked): Promise<Count> =>
  (await first<Count>(
    sql(
      db,
      `${counted} (SELECT c.author_id AS author, c.created_at AS at
         FROM (SELECT comment_seq FROM linked_hosts WHERE site_id = ? AND host = ?
           ORDER BY comment_seq DESC LIMIT ?) l JOIN comments c ON c.seq = l.comment_seq)
       WHERE at >= ?`,
      siteId,
      value,
      most,
      since,
    ),
  )) ?? none

/** Comments from some networks. */
export const ofNetworks = async (
  db: D1Database,
  hashes: NetworkHash[],
  { siteId, most }: Asked,
): Promise<Count> =>
  (await first<Count>(
    over(
      db,
      hashes.map((hash) => ({ hash })),
      `${counted} (SELECT c.site_id AS site, c.author_id AS author
         FROM x CROSS JOIN comments c INDEXED BY comments_address WHERE ${within('c.address', 'x.hash')} LIMIT ?2)
       WHERE site = ?3`,
      most,
      siteId,
    ),
  )) ?? none
