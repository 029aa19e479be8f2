import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import { batch, first, sql } from './database.ts'

/** A member of staff as an author of a site. */
export interface StaffAuthor {
  id: number
  publicId: string
  badge: string | null
}

/** What stands for a member of staff where authors have the hash of a token: no token has such a hash. */
export const staffKey = (staffId: string) => `staff:${staffId}`

/** That an author, by the name of their table in a query, is no member of staff. */
export const notStaff = (author: string) =>
  `NOT (${author}.token_hash >= '${staffKey('')}' AND ${author}.token_hash < 'staff;')`

/** Makes a member of staff an author of a site, with the badge of its staff, unless they are one. */
export async function ensure(
  db: D1Database,
  author: { staffId: string; siteId: string; publicId: string; badge: string; now: number },
): Promise<StaffAuthor> {
  const { siteId, staffId } = author
  await batch(db, [
    sql(
      db,
      `INSERT INTO authors (public_id, site_id, token_hash, badge, created_at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (token_hash, site_id) DO NOTHING`,
      author.publicId,
      siteId,
      staffKey(staffId),
      author.badge,
      author.now,
    ),
  ])
  return (await find(db, siteId, staffId)) as StaffAuthor
}

/** A member of staff as an author of a site, or null where they are none yet. */
export const find = (db: D1Database, siteId: string, staffId: string): Promise<StaffAuthor | null> =>
  first(
    sql(
      db,
      'SELECT id, public_id AS publicId, badge FROM authors WHERE token_hash = ? AND site_id = ?',
      staffKey(staffId),
      siteId,
    ),
  )

/** The same on the site of a comment. */
export const beside = (db: D1Database, commentId: string, staffId: string): Promise<StaffAuthor | null> =>
  first(
    sql(
      db,
      `SELECT id, public_id AS publicId, badge FROM authors
       WHERE token_hash = ? AND site_id = (SELECT site_id FROM comments WHERE id = ?)`,
      staffKey(staffId),
      commentId,
    ),
  )

/** A statement that calls a site's staff by another badge, but for those who were given one of their own. */
export const rebadging = (
  db: D1Database,
  { siteId, before, after }: { siteId: string; before: string; after: string },
): D1PreparedStatement =>
  sql(
    db,
    `UPDATE authors SET badge = ?1 WHERE site_id = ?2 AND badge = ?3
       AND token_hash >= '${staffKey('')}' AND token_hash < 'staff;'`,
    after,
    siteId,
    before,
  )
