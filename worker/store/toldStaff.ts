import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { Language } from '../contract/languages.ts'
import { type Choice, type QuietHours, usualChoice } from '../contract/notifications.ts'
import { all, batch, type Condition, first, hasStaff, sql } from './database.ts'
import type { Device } from './pushSubscriptions.ts'
import { type ChoiceRow, choiceOf, quietOf, zoneOfStaff } from './staffMail.ts'

/** Somebody of staff who wants to be told of a site, and what they know. */
interface Listener {
  staffId: string
  locale: Language | null
  timeZone: string
  choice: Choice
  quiet: QuietHours | null
  /** When they were told last; null where they never were. */
  toldAt: number | null
  /** Marks of what they know of. */
  known: string[]
}

/** By mail. */
export interface Told extends Listener {
  address: string
}

/** By a push to one of their devices, which knows what it was told itself. */
export interface ToldDevice extends Listener, Device {}

/** As it is read. */
type RowOf<Of extends Listener> = Omit<Of, 'choice' | 'quiet' | 'known'> &
  ChoiceRow & { quietFrom: number | null; quietUntil: number | null; known: string | null }

/** What was chosen for a site (`o`), for all others (`a`), or is usual in a role. */
const chosen = (column: 'pace' | 'minutes' | 'hour' | 'held' | 'disputed') => {
  const usual = (role: keyof typeof usualChoice) =>
    JSON.stringify(usualChoice[role][column]).replaceAll('"', "'")
  return `coalesce(o.${column}, a.${column}, CASE s.role WHEN 'owner' THEN ${usual('owner')} ELSE ${usual('moderator')} END)`
}

/** Of somebody's `staff_mail` that they can be told at all. */
const isReached = '(address IS NOT NULL OR devices > 0)'

/** By what somebody is told, if they can be at all: a mail to a confirmed address, or a push to a device. */
const ways = {
  mail: {
    has: 'm.address IS NOT NULL',
    id: 'm.staff_id',
    columns: 'm.address',
    told: 'staff_told WHERE site_id = ?1 AND staff_id = m.staff_id',
  },
  push: {
    has: 'm.devices > 0',
    joined: 'CROSS JOIN push_subscriptions d ON d.staff_id = p.id',
    id: 'd.id',
    columns: 'd.id, d.endpoint, d.p256dh, d.auth, d.name',
    told: 'push_told WHERE site_id = ?1 AND subscription_id = d.id',
  },
  any: { has: isReached },
} satisfies Record<string, { has: string; joined?: string; [more: string]: string | undefined }>
type Way = 'mail' | 'push'

/** Who works on a site, can be told in a way, and wants to be told of it. */
const wanting = (siteId: string, { has, joined = '' }: { has: string; joined?: string }) => `FROM (
    SELECT staff_id AS id FROM staff_sites INDEXED BY staff_sites_site WHERE site_id = ${siteId}
    UNION SELECT id FROM staff INDEXED BY staff_everywhere WHERE every_site = 1 AND removed_at IS NULL) p
    CROSS JOIN staff_mail m ON m.staff_id = p.id AND ${has}
    ${joined}
    CROSS JOIN staff s ON s.id = p.id
    LEFT JOIN staff_choices o ON o.staff_id = p.id AND o.site_id = ${siteId}
    LEFT JOIN staff_choices a ON a.staff_id = p.id AND a.site_id = ''
  WHERE s.removed_at IS NULL AND ${chosen('pace')} <> 'never'`

/**
 * Holds for a delivery `x` that somebody wants to be told of, where none waits that will tell of it anyway. What is held
 * costs no row where nobody does; but in a database that has no staff, where that is asked at its turn.
 */
export const isWanted = (db: D1Database, destination: string): Condition => {
  const none = `NOT EXISTS (SELECT 1 FROM outbox w WHERE w.destination = '${destination}' AND w.subject = x.siteId AND w.dead_at IS NULL)`
  const somebody = `EXISTS (SELECT 1 FROM staff_mail INDEXED BY staff_mail_reached WHERE ${isReached})
    AND EXISTS (SELECT 1 ${wanting('x.siteId', ways.any)}
      AND CASE x.act WHEN 'comment.held' THEN ${chosen('held')} ELSE ${chosen('disputed')} END = 1)`
  return { text: hasStaff(db) ? `(${none} AND ${somebody})` : none, values: [] }
}

/** Reads who wants to be told of a site `?1`. */
const reading = (
  way: Way,
) => `SELECT ${ways[way].columns}, s.id AS staffId, s.locale, ${zoneOfStaff} AS timeZone,
  m.quiet_from AS quietFrom, m.quiet_until AS quietUntil, ${(
    ['pace', 'minutes', 'hour', 'held', 'disputed'] as const
  )
    .map((column) => `${chosen(column)} AS ${column}`)
    .join(', ')},
  (SELECT at FROM ${ways[way].told}) AS toldAt, (SELECT known FROM ${ways[way].told}) AS known
  ${wanting('?1', ways[way])} AND ${ways[way].id}`

const listenerOf = <Of extends Listener>(row: RowOf<Of>): Of => {
  const { quietFrom, quietUntil, pace, minutes, hour, held, disputed, known, ...rest } = row
  return {
    ...rest,
    choice: choiceOf({ pace, minutes, hour, held, disputed }),
    quiet: quietOf({ quietFrom, quietUntil }),
    known: JSON.parse(known ?? '[]'),
  } as unknown as Of
}

interface Slice {
  /** The id of the last one before. */
  after: string
  limit: number
}

async function listBy<Of extends Listener>(
  way: Way,
  db: D1Database,
  siteId: string,
  { after, limit }: Slice,
) {
  const text = `${reading(way)} > ?2 ORDER BY ${ways[way].id} LIMIT ?3`
  return (await all<RowOf<Of>>(sql(db, text, siteId, after, limit))).map(listenerOf<Of>)
}

async function findBy<Of extends Listener>(way: Way, db: D1Database, siteId: string, id: string) {
  const row = await first<RowOf<Of>>(sql(db, `${reading(way)} = ?2`, siteId, id))
  return row && listenerOf<Of>(row)
}

/** Who wants to be told of a site by mail, by the person's id. */
export const list = (db: D1Database, siteId: string, slice: Slice): Promise<Told[]> =>
  listBy<Told>('mail', db, siteId, slice)

/** Devices that are to be told of a site, by their ids. */
export const devices = (db: D1Database, siteId: string, slice: Slice): Promise<ToldDevice[]> =>
  listBy<ToldDevice>('push', db, siteId, slice)

/** Somebody who wants to be told of a site by mail; null where they don't, or may not, any more. */
export const find = (db: D1Database, siteId: string, staffId: string): Promise<Told | null> =>
  findBy<Told>('mail', db, siteId, staffId)

/** A device that is to be told of a site; null where it is not, or whoever has it may not be, any more. */
export const findDevice = (db: D1Database, siteId: string, id: string): Promise<ToldDevice | null> =>
  findBy<ToldDevice>('push', db, siteId, id)

interface Noted {
  siteId: string
  at: number
  known: string[]
}

/** Notes, in the main database, when somebody was told of a site, and what they know of since. */
export async function note(
  db: D1Database,
  { siteId, staffId, at, known }: Noted & { staffId: string },
): Promise<void> {
  await batch(db, [
    sql(
      db,
      `INSERT INTO staff_told (site_id, staff_id, at, known) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET at = excluded.at, known = excluded.known`,
      ...[siteId, staffId, at, JSON.stringify(known)],
    ),
  ])
}

/** The same of a device. */
export async function noteDevice(
  db: D1Database,
  { siteId, id, at, known }: Noted & { id: string },
): Promise<void> {
  await batch(db, [
    sql(
      db,
      `INSERT INTO push_told (site_id, subscription_id, at, known)
       SELECT ?, id, ?, ? FROM push_subscriptions WHERE id = ?
       ON CONFLICT DO UPDATE SET at = excluded.at, known = excluded.known`,
      ...[siteId, at, JSON.stringify(known), id],
    ),
  ])
}

/** Statements by which the messages of some destinations that wait for somebody are planned anew. */
export const findingAnew = (
  db: D1Database,
  { staffId, now, told, waiting }: { staffId: string; now: number; told: string[]; waiting: string },
): D1PreparedStatement[] => {
  const theirs = `recipient_id = ?1 AND destination IN (SELECT value FROM json_each(?2)) AND taken = 0 AND dead_at IS NULL`
  const kinds = JSON.stringify(told)
  return [
    sql(
      db,
      `INSERT INTO outbox (destination, subject, site_id, created_at, next_at, act, gathers)
       SELECT ?3, site_id, site_id, ?4, ?4, max(act), 1 FROM outbox WHERE ${theirs} GROUP BY site_id
       ON CONFLICT (destination, subject) DO UPDATE SET dead_at = NULL, failure = NULL, attempts = 0, turn = turn + 1,
         next_at = excluded.next_at WHERE dead_at IS NOT NULL`,
      ...[staffId, kinds, waiting, now],
    ),
    sql(db, `DELETE FROM outbox WHERE ${theirs}`, staffId, kinds),
  ]
}
