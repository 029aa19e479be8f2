import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { TrustPin } from '../contract/findings.ts'
import { first, sql } from './database.ts'

export interface Author {
  id: number
  publicId: string
  /** Comments that people approved. */
  vouched: number
}

/** The author a bearer token's hash stands for on a site, or null when the token is new there. */
export async function find(db: D1Database, siteId: string, tokenHash: string): Promise<Author | null> {
  return first<Author>(
    sql(
      db,
      `SELECT id, public_id AS publicId, vouched FROM authors
       WHERE token_hash = ? AND site_id = ?`,
      tokenHash,
      siteId,
    ),
  )
}

/** Makes the author of a token unless it is there; part of a comment's insertion. */
export function ensure(
  db: D1Database,
  author: { siteId: string; tokenHash: string; publicId: string; now: number },
): D1PreparedStatement {
  return sql(
    db,
    `INSERT INTO authors (public_id, site_id, token_hash, created_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (token_hash, site_id) DO NOTHING`,
    author.publicId,
    author.siteId,
    author.tokenHash,
    author.now,
  )
}

/** All that is kept of an author but who they are. */
export interface AuthorRow extends Author {
  badge: string | null
  pinnedTrust: TrustPin | null
  approved: number
  rejected: number
  spam: number
  notes: number
  createdAt: number
  /** When their erasure began, and when it ended. */
  erasureBeganAt: number | null
  erasureEndedAt: number | null
}

/** An author by their public id. */
export const byPublicId = (db: D1Database, publicId: string): Promise<AuthorRow | null> =>
  first(
    sql(
      db,
      `SELECT a.id, a.public_id AS publicId, a.vouched, a.badge, a.pinned_trust AS pinnedTrust, a.approved, a.rejected, a.spam, a.notes,
         a.created_at AS createdAt, e.began_at AS erasureBeganAt, e.ended_at AS erasureEndedAt
       FROM authors a LEFT JOIN erasures e ON e.author_id = a.id WHERE a.public_id = ?`,
      publicId,
    ),
  )

/** How many of an author's latest comments wait or are deleted, of so many looked at. */
export interface LatestStates {
  pending: number
  deleted: number
  looked: number
}

/** The same, looking at no more than so many. Grouped by status, each would be read once more to be sorted. */
export const latestStates = async (db: D1Database, publicId: string, most: number): Promise<LatestStates> =>
  (await first<LatestStates>(
    sql(
      db,
      `SELECT coalesce(sum(status = 'pending'), 0) AS pending, coalesce(sum(status = 'deleted'), 0) AS deleted,
         count(*) AS looked FROM (
         SELECT status FROM comments INDEXED BY comments_author
         WHERE author_id = (SELECT id FROM authors WHERE public_id = ?) ORDER BY created_at DESC, seq DESC LIMIT ?)`,
      publicId,
      most,
    ),
  )) ?? { pending: 0, deleted: 0, looked: 0 }
