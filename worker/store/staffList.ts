import type { D1Database } from '@cloudflare/workers-types'
import { all, first, sql } from './database.ts'
import { type Moderator, moderatorOf, type StaffRow, staffColumns } from './staff.ts'

/** A member of staff with what others see of them. */
export interface Listed extends Moderator {
  createdAt: number
  /** Null while they have not used their invitation. */
  seenAt: number | null
  /** When the invitation of somebody who was never seen ends. */
  invitedUntil: number | null
  /** Where they are written to, and whether they have confirmed that. */
  address: string | null
  confirmed: number
}

type ListedRow = StaffRow & Pick<Listed, 'createdAt' | 'seenAt' | 'invitedUntil' | 'address' | 'confirmed'>

const columns = `${staffColumns}, s.created_at AS createdAt, s.seen_at AS seenAt,
  CASE WHEN s.seen_at IS NULL THEN
    (SELECT max(expires_at) FROM sign_in_links WHERE staff_id = s.id AND expires_at > ?1) END AS invitedUntil,
  coalesce(m.address, m.asked) AS address, m.address IS NOT NULL AS confirmed`

const mail = 'LEFT JOIN staff_mail m ON m.staff_id = s.id'

/** Who has an account for any of some sites. */
const ofSites = `s.id IN (
  SELECT staff_id FROM staff_sites INDEXED BY staff_sites_site WHERE site_id IN (SELECT value FROM json_each(?4))
  UNION SELECT id FROM staff INDEXED BY staff_everywhere WHERE every_site = 1 AND removed_at IS NULL)`

/** Who has an account for any of some sites, or (null) at all, by name, after a name. */
export async function list(
  db: D1Database,
  { siteIds, after, limit, now }: { siteIds: string[] | null; after: string; limit: number; now: number },
): Promise<Listed[]> {
  const from =
    siteIds === null
      ? `INDEXED BY staff_names ${mail} WHERE s.name > ?2`
      : `${mail} WHERE s.name > ?2 AND ${ofSites}`
  const rows = await all<ListedRow>(
    sql(
      db,
      `SELECT ${columns} FROM staff s ${from} AND s.removed_at IS NULL ORDER BY s.name LIMIT ?3`,
      ...[now, after, limit],
      ...(siteIds === null ? [] : [JSON.stringify(siteIds)]),
    ),
  )
  return rows.map(moderatorOf)
}

/** Somebody, by their id; null when there is nobody, or not any more. */
export async function get(db: D1Database, id: string, now: number): Promise<Listed | null> {
  const text = `SELECT ${columns} FROM staff s ${mail} WHERE s.id = ?2 AND s.removed_at IS NULL`
  const row = await first<ListedRow>(sql(db, text, now, id))
  return row && moderatorOf(row)
}
