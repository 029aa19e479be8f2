import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { PersonEvent } from '../contract/events.ts'
import type { Role } from '../contract/roles.ts'
import { batch, type Condition, changed, sql } from './database.ts'
import type { NewDelivery } from './delivery.ts'
import { recordEvents } from './events.ts'
import { ofAccount } from './ofAccount.ts'
import { addDeliveries } from './outbox.ts'
import { adding, type SignInLink } from './signInLinks.ts'
import type { Moderator } from './staff.ts'
import { inviting } from './staffMail.ts'

/** What somebody may do, and where. */
export type Account = Pick<Moderator, 'id' | 'name' | 'role' | 'sites'>

/** Holds while somebody whose id it is bound to has an account, and for who needs none: the operator, older scripts. */
export const present = (staffId: string | null): Condition => ({
  text: '(? IS NULL OR EXISTS (SELECT 1 FROM staff WHERE id = ? AND removed_at IS NULL))',
  values: [staffId, staffId],
})

/** An invitation that is sent to an address. */
export interface MailedInvitation {
  address: string
  link: SignInLink
  letter: NewDelivery
}

interface NewAccount {
  account: Account
  link: SignInLink
  mailed: MailedInvitation | null
  by: string | null
  now: number
}

/** Adds somebody with a link to sign in by. @returns whether it was done: not where the name is taken, or `by` is gone */
export async function add(
  db: D1Database,
  { account, link, mailed, by, now }: NewAccount,
  events: PersonEvent[],
): Promise<boolean> {
  const { id, name, role, sites } = account
  const added = { text: 'EXISTS (SELECT 1 FROM staff WHERE id = ?)', values: [id] }
  const allowed = present(by)
  const [inserted] = await batch(db, [
    sql(
      db,
      `INSERT INTO staff (id, name, role, every_site, created_at) SELECT ?, ?, ?, ?, ? WHERE ${allowed.text}
       ON CONFLICT DO NOTHING`,
      ...[id, name, role, Number(sites === '*'), now],
      ...allowed.values,
    ),
    recordAll(db, events, changed),
    ...(sites === '*' ? [] : [givingSites(db, { id, sites }, added)]),
    adding(db, link, added),
    ...(mailed
      ? [
          adding(db, mailed.link, added),
          inviting(db, { staffId: id, address: mailed.address }, added),
          addDeliveries(db, [{ ...mailed.letter }], added),
        ]
      : []),
  ])
  return inserted?.meta.changes === 1
}

/** Another owner of all sites who has been here. */
const anotherOwner = `EXISTS (SELECT 1 FROM staff o INDEXED BY staff_everywhere
  WHERE o.every_site = 1 AND o.removed_at IS NULL AND o.role = 'owner' AND o.seen_at IS NOT NULL AND o.id <> staff.id)`

/**
 * Gives somebody another name, role or sites, and ends their API tokens that may do more than they.
 *
 * @returns whether it was done: not where they are the last owner of all sites, or the name is taken
 */
export async function change(
  db: D1Database,
  { id, name, role, sites, gains }: Account & { gains: boolean },
  events: PersonEvent[],
): Promise<boolean> {
  const every = Number(sites === '*')
  const done = {
    text: 'EXISTS (SELECT 1 FROM staff WHERE id = ? AND name = ? AND role = ? AND every_site = ? AND removed_at IS NULL)',
    values: [id, name, role, every],
  }
  const [updated] = await batch(db, [
    sql(
      db,
      `UPDATE OR IGNORE staff SET name = ?2, role = ?3, every_site = ?4 WHERE id = ?1 AND removed_at IS NULL
         AND (role <> 'owner' OR every_site = 0 OR (?3 = 'owner' AND ?4 = 1) OR ${anotherOwner})`,
      ...[id, name, role, every],
    ),
    ...(events.length ? [recordAll(db, events, changed)] : []),
    sql(db, `DELETE FROM staff_sites WHERE staff_id = ? AND ${done.text}`, id, ...done.values),
    ...(sites === '*' ? [] : [givingSites(db, { id, sites }, done)]),
    endingTokens(db, { id, role, sites }, done),
    ...(gains
      ? [sql(db, `DELETE FROM sign_in_links WHERE staff_id = ? AND ${done.text}`, id, ...done.values)]
      : []),
  ])
  return updated?.meta.changes === 1
}

/** Removes somebody's account. @returns whether it was done: not where they are the last owner of all sites */
export async function remove(
  db: D1Database,
  { id, now }: { id: string; now: number },
  events: PersonEvent[],
): Promise<boolean> {
  const [removed] = await batch(db, [
    sql(
      db,
      `UPDATE staff SET removed_at = ?2, every_site = 0, locale = NULL, time_zone = NULL
       WHERE id = ?1 AND removed_at IS NULL AND (role <> 'owner' OR every_site = 0 OR ${anotherOwner})`,
      id,
      now,
    ),
    recordAll(db, events, changed),
    ...Object.entries(ofAccount).map(([table, column]) =>
      sql(
        db,
        `DELETE FROM ${table} WHERE ${column} IN (SELECT id FROM staff WHERE id = ? AND removed_at IS NOT NULL)`,
        id,
      ),
    ),
    sql(
      db,
      `DELETE FROM saved_views WHERE shared = 0
         AND staff_id IN (SELECT id FROM staff WHERE id = ? AND removed_at IS NOT NULL)`,
      id,
    ),
  ])
  return removed?.meta.changes === 1
}

/** Gives somebody a link in place of all that they had. @returns whether it was done: not where either is gone */
export async function replaceLinks(
  db: D1Database,
  { link, by }: { link: SignInLink; by: string | null },
  events: PersonEvent[],
): Promise<boolean> {
  const [of, allowed] = [present(link.staffId), present(by)]
  const both = { text: `${of.text} AND ${allowed.text}`, values: [...of.values, ...allowed.values] }
  const results = await batch(db, [
    sql(db, 'DELETE FROM sign_in_links WHERE staff_id = ?', link.staffId),
    adding(db, link, both),
    recordAll(db, events, changed),
  ])
  return results[1]?.meta.changes === 1
}

const recordAll = (db: D1Database, events: PersonEvent[], condition: Condition) =>
  recordEvents(
    db,
    events.map((event) => ({ event })),
    condition,
  )

const givingSites = (
  db: D1Database,
  { id, sites }: { id: string; sites: string[] },
  { text, values }: Condition,
): D1PreparedStatement =>
  sql(
    db,
    `INSERT INTO staff_sites (staff_id, site_id) SELECT ?, value FROM json_each(?) WHERE ${text}
     ON CONFLICT DO NOTHING`,
    id,
    JSON.stringify(sites),
    ...values,
  )

/** Ends the tokens of somebody that may do more than they may now. */
const endingTokens = (
  db: D1Database,
  { id, role, sites }: { id: string; role: Role; sites: '*' | string[] },
  { text, values }: Condition,
) =>
  sql(
    db,
    `DELETE FROM tokens WHERE made_by = ? AND (
       (? = 'moderator' AND scope = 'own')
       OR (? = 0 AND (site_id IS NULL OR site_id NOT IN (SELECT value FROM json_each(?))))) AND ${text}`,
    ...[id, role, Number(sites === '*'), JSON.stringify(sites === '*' ? [] : sites)],
    ...values,
  )
