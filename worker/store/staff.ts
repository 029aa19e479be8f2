import type { D1Database } from '@cloudflare/workers-types'
import type { Language } from '../contract/languages.ts'
import type { Role } from '../contract/roles.ts'
import { all, batch, first, sql } from './database.ts'
import type { Actor } from './decidedComments.ts'

/** A member of staff. */
export interface Moderator {
  id: string
  name: string
  role: Role
  sites: '*' | string[]
  /** The language that they chose for themselves, or null. */
  locale: Language | null
  timeZone: string | null
}

export interface StaffRow {
  id: string
  name: string
  role: Role
  locale: Language | null
  timeZone: string | null
  everySite: number
  siteIds: string
}

/** What a `StaffRow` is read from, in a query where `s` is the member of staff. */
export const staffColumns = `s.id, s.name, s.role, s.locale, s.time_zone AS timeZone, s.every_site AS everySite,
  (SELECT json_group_array(site_id) FROM staff_sites WHERE staff_id = s.id) AS siteIds`

/** A member of staff, and whatever else was read of them. */
export const moderatorOf = <Row extends StaffRow>({ everySite, siteIds, ...row }: Row) => ({
  ...row,
  sites: everySite === 1 ? ('*' as const) : (JSON.parse(siteIds) as string[]),
})

/** A member of staff as who did something. */
export const actorOf = ({ id, name }: Pick<Moderator, 'id' | 'name'>): Actor => ({
  kind: 'moderator',
  id,
  name,
})

/** A member of staff, by id or name; null when there is none, or none any more. */
export async function find(
  db: D1Database,
  { column, value }: { column: 'id' | 'name'; value: string },
): Promise<Moderator | null> {
  const row = await first<StaffRow>(
    sql(db, `SELECT ${staffColumns} FROM staff s WHERE s.${column} = ? AND s.removed_at IS NULL`, value),
  )
  return row && moderatorOf(row)
}

/** Those of some ids who are members of staff still. */
export const findAll = async (db: D1Database, ids: string[]): Promise<Moderator[]> =>
  (
    await all<StaffRow>(
      sql(
        db,
        `SELECT ${staffColumns} FROM json_each(?) x CROSS JOIN staff s ON s.id = x.value WHERE s.removed_at IS NULL`,
        JSON.stringify(ids),
      ),
    )
  ).map(moderatorOf)

/** The member of staff of a name; made as an owner of all sites where there is none yet. */
export async function ensureOwner(
  db: D1Database,
  candidate: { id: string; name: string; now: number },
): Promise<Moderator> {
  await batch(db, [
    sql(
      db,
      `INSERT INTO staff (id, name, role, every_site, created_at) VALUES (?, ?, 'owner', 1, ?)
       ON CONFLICT (name) WHERE removed_at IS NULL DO NOTHING`,
      candidate.id,
      candidate.name,
      candidate.now,
    ),
  ])
  return (await find(db, { column: 'name', value: candidate.name })) as Moderator
}
