import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { Choice, QuietHours } from '../contract/notifications.ts'
import { all, batch, type Condition, changed, first, sql } from './database.ts'

/** Where somebody can be written to. */
export interface StaffMail {
  /** Confirmed. */
  address: string | null
  /** Typed, and not confirmed yet. */
  asked: string | null
  quiet: QuietHours | null
  /** By which their hours are meant. */
  timeZone: string
}

interface MailRow {
  address: string | null
  asked: string | null
  quietFrom: number | null
  quietUntil: number | null
  timeZone: string
}

/** Hours as they are stored. */
export const quietOf = ({
  quietFrom,
  quietUntil,
}: Pick<MailRow, 'quietFrom' | 'quietUntil'>): QuietHours | null =>
  quietFrom === null || quietUntil === null ? null : { from: quietFrom, until: quietUntil }

/** The time zone of a member of staff `s`: what they chose, or that of the browser they came with last. */
export const zoneOfStaff = `coalesce(s.time_zone, (SELECT e.time_zone FROM sessions e INDEXED BY sessions_staff
  WHERE e.staff_id = s.id AND e.time_zone IS NOT NULL ORDER BY e.seen_at DESC LIMIT 1), 'UTC')`

/** Where somebody can be written to; null where they have no account any more. */
export async function find(db: D1Database, staffId: string): Promise<StaffMail | null> {
  const text = `SELECT m.address, m.asked, m.quiet_from AS quietFrom, m.quiet_until AS quietUntil, ${zoneOfStaff} AS timeZone
    FROM staff s LEFT JOIN staff_mail m ON m.staff_id = s.id WHERE s.id = ? AND s.removed_at IS NULL`
  const row = await first<MailRow>(sql(db, text, staffId))
  return row && { address: row.address, asked: row.asked, quiet: quietOf(row), timeZone: row.timeZone }
}

/** How often a person may have an address asked within a day: mail to strangers is nobody's toy. */
export const mostAsks = 5

const day = 86_400_000

/**
 * Notes an address that is to be confirmed, with further statements of the same transaction. The one that was confirmed
 * before stays until then.
 *
 * @returns whether it was done: not where that was often enough for a day
 */
export async function ask(
  db: D1Database,
  { staffId, address, now }: { staffId: string; address: string; now: number },
  afterwards: (condition: Condition) => D1PreparedStatement[],
): Promise<boolean> {
  const [asked] = await batch(db, [
    sql(
      db,
      `INSERT INTO staff_mail (staff_id, asked, asked_at, asks) VALUES (?1, ?2, ?3, 1)
       ON CONFLICT (staff_id) DO UPDATE SET asked = excluded.asked,
         asks = iif(asked_at > ?3 - ${day}, asks + 1, 1), asked_at = iif(asked_at > ?3 - ${day}, asked_at, ?3)
       WHERE asked_at <= ?3 - ${day} OR asks < ${mostAsks}`,
      staffId,
      address,
      now,
    ),
    ...afterwards(changed),
  ])
  return asked?.meta.changes === 1
}

/** A statement that notes the address that an invitation is sent to. */
export const inviting = (
  db: D1Database,
  { staffId, address }: { staffId: string; address: string },
  { text, values }: Condition,
): D1PreparedStatement =>
  sql(db, `INSERT INTO staff_mail (staff_id, asked) SELECT ?, ? WHERE ${text}`, staffId, address, ...values)

/** Confirms an address: whoever does it has read what was sent there. @returns whether it was still asked */
export async function confirm(
  db: D1Database,
  { staffId, address }: { staffId: string; address: string },
): Promise<boolean> {
  const text = 'UPDATE staff_mail SET address = asked, asked = NULL WHERE staff_id = ? AND asked = ?'
  const [confirmed] = await batch(db, [sql(db, text, staffId, address)])
  return confirmed?.meta.changes === 1
}

/** What somebody changes of all that; what is left out stays. */
interface Change {
  staffId: string
  /** Forgets both addresses, or (`asked`) the one that waits. */
  forget?: 'all' | 'asked'
  quiet?: QuietHours | null
  /** By site, and by an empty id for all others; null takes one back. */
  choices: Map<string, Choice | null>
  /** Further statements of the same transaction. */
  afterwards: D1PreparedStatement[]
}

export async function change(
  db: D1Database,
  { staffId, forget, quiet, choices, afterwards }: Change,
): Promise<void> {
  const own = sql(db, 'INSERT INTO staff_mail (staff_id) VALUES (?) ON CONFLICT DO NOTHING', staffId)
  const statements = [
    ...(forget || quiet !== undefined ? [own] : []),
    ...(forget
      ? [
          sql(
            db,
            `UPDATE staff_mail SET asked = NULL${forget === 'all' ? ', address = NULL' : ''} WHERE staff_id = ?`,
            staffId,
          ),
        ]
      : []),
    ...(quiet === undefined
      ? []
      : [
          sql(
            db,
            'UPDATE staff_mail SET quiet_from = ?, quiet_until = ? WHERE staff_id = ?',
            quiet?.from ?? null,
            quiet?.until ?? null,
            staffId,
          ),
        ]),
    ...Array.from(choices, ([siteId, choice]) =>
      choice === null
        ? sql(db, 'DELETE FROM staff_choices WHERE staff_id = ? AND site_id = ?', staffId, siteId)
        : choosing(db, { staffId, siteId, choice }),
    ),
  ]
  if (statements.length > 0) await batch(db, [...statements, ...afterwards])
}

const choosing = (
  db: D1Database,
  { staffId, siteId, choice }: { staffId: string; siteId: string; choice: Choice },
): D1PreparedStatement =>
  sql(
    db,
    `INSERT INTO staff_choices (staff_id, site_id, pace, minutes, hour, held, disputed) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET pace = excluded.pace, minutes = excluded.minutes, hour = excluded.hour,
       held = excluded.held, disputed = excluded.disputed`,
    ...[
      staffId,
      siteId,
      choice.pace,
      choice.minutes,
      choice.hour,
      Number(choice.held),
      Number(choice.disputed),
    ],
  )

/** What somebody chose, by site; an empty id for all others. */
export async function choices(db: D1Database, staffId: string): Promise<Map<string, Choice>> {
  const rows = await all<ChoiceRow & { siteId: string }>(
    sql(
      db,
      `SELECT site_id AS siteId, pace, minutes, hour, held, disputed FROM staff_choices WHERE staff_id = ?
       ORDER BY site_id`,
      staffId,
    ),
  )
  return new Map(rows.map(({ siteId, ...row }) => [siteId, choiceOf(row)]))
}

/** A choice as it is stored. */
export type ChoiceRow = Omit<Choice, 'held' | 'disputed'> & { held: number; disputed: number }

export const choiceOf = ({ pace, minutes, hour, held, disputed }: ChoiceRow): Choice => ({
  ...{ pace, minutes, hour, held: held === 1, disputed: disputed === 1 },
})
