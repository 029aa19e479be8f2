import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { Language } from '../contract/languages.ts'
import { type Choice, type QuietHours, usualChoice } from '../contract/notifications.ts'
import { all, type Condition, first, sql } from './database.ts'
import { type ChoiceRow, choiceOf, quietOf, zoneOfStaff } from './staffMail.ts'

/** A member of staff who wants to be told of a site. */
export interface Told {
  staffId: string
  address: string
  locale: Language | null
  timeZone: string
  choice: Choice
  quiet: QuietHours | null
  /** When they were told last; null where they never were. */
  toldAt: number | null
  /** Marks of what they know of. */
  known: string[]
}

type ToldRow = Omit<Told, 'choice' | 'quiet' | 'known'> &
  ChoiceRow & { quietFrom: number | null; quietUntil: number | null; known: string | null }

/** What was chosen for a site (`o`), for all others (`a`), or is usual in a role. */
const chosen = (column: 'pace' | 'minutes' | 'hour' | 'held' | 'disputed') => {
  const usual = (role: keyof typeof usualChoice) =>
    JSON.stringify(usualChoice[role][column]).replaceAll('"', "'")
  return `coalesce(o.${column}, a.${column}, CASE s.role WHEN 'owner' THEN ${usual('owner')} ELSE ${usual('moderator')} END)`
}

/** Who works on a site, has a confirmed address, and wants to be told of it. */
const wanting = (siteId: string) => `FROM (
    SELECT staff_id AS id FROM staff_sites INDEXED BY staff_sites_site WHERE site_id = ${siteId}
    UNION SELECT id FROM staff INDEXED BY staff_everywhere WHERE every_site = 1 AND removed_at IS NULL) p
    CROSS JOIN staff_mail m ON m.staff_id = p.id
    CROSS JOIN staff s ON s.id = p.id
    LEFT JOIN staff_choices o ON o.staff_id = p.id AND o.site_id = ${siteId}
    LEFT JOIN staff_choices a ON a.staff_id = p.id AND a.site_id = ''
  WHERE m.address IS NOT NULL AND s.removed_at IS NULL AND ${chosen('pace')} <> 'never'`

/**
 * Holds for a delivery `x` that somebody wants to be told of, where none waits that will tell of it anyway. What is held
 * costs no row where nobody does.
 */
export const isWanted = (destination: string): Condition => ({
  text: `(NOT EXISTS (SELECT 1 FROM outbox w WHERE w.destination = '${destination}' AND w.subject = x.siteId AND w.dead_at IS NULL)
    AND EXISTS (SELECT 1 FROM staff_mail INDEXED BY staff_mail_confirmed WHERE address IS NOT NULL)
    AND EXISTS (SELECT 1 ${wanting('x.siteId')}
      AND CASE x.act WHEN 'comment.held' THEN ${chosen('held')} ELSE ${chosen('disputed')} END = 1))`,
  values: [],
})

const columns = `m.staff_id AS staffId, m.address, s.locale, ${zoneOfStaff} AS timeZone, m.quiet_from AS quietFrom,
  m.quiet_until AS quietUntil, ${(['pace', 'minutes', 'hour', 'held', 'disputed'] as const)
    .map((column) => `${chosen(column)} AS ${column}`)
    .join(', ')},
  (SELECT at FROM staff_told WHERE site_id = ?1 AND staff_id = m.staff_id) AS toldAt,
  (SELECT known FROM staff_told WHERE site_id = ?1 AND staff_id = m.staff_id) AS known`

const toldOf = (told: ToldRow): Told => {
  const { quietFrom, quietUntil, pace, minutes, hour, held, disputed, known, ...row } = told
  return {
    ...row,
    choice: choiceOf({ pace, minutes, hour, held, disputed }),
    quiet: quietOf({ quietFrom, quietUntil }),
    known: JSON.parse(known ?? '[]'),
  }
}

/** Who wants to be told of a site, after somebody, by id. */
export async function list(
  db: D1Database,
  siteId: string,
  { after, limit }: { after: string; limit: number },
): Promise<Told[]> {
  const text = `SELECT ${columns} ${wanting('?1')} AND m.staff_id > ?2 ORDER BY m.staff_id LIMIT ?3`
  return (await all<ToldRow>(sql(db, text, siteId, after, limit))).map(toldOf)
}

/** Somebody who wants to be told of a site; null where they don't, or may not, any more. */
export async function find(db: D1Database, siteId: string, staffId: string): Promise<Told | null> {
  const row = await first<ToldRow>(
    sql(db, `SELECT ${columns} ${wanting('?1')} AND m.staff_id = ?2`, siteId, staffId),
  )
  return row && toldOf(row)
}

/** A statement that notes when somebody was told of a site, and what they know of since. */
export const noting = (
  db: D1Database,
  { siteId, staffId, at, known }: { siteId: string; staffId: string; at: number; known: string[] },
): D1PreparedStatement =>
  sql(
    db,
    `INSERT INTO staff_told (site_id, staff_id, at, known) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET at = excluded.at, known = excluded.known`,
    siteId,
    staffId,
    at,
    JSON.stringify(known),
  )

/** Statements by which the messages that wait for somebody are planned anew. */
export const findingAnew = (
  db: D1Database,
  { staffId, now, digest, waiting }: { staffId: string; now: number; digest: string; waiting: string },
): D1PreparedStatement[] => [
  sql(
    db,
    `INSERT INTO outbox (destination, subject, site_id, created_at, next_at, act, gathers)
     SELECT ?1, site_id, site_id, ?2, ?2, act, 1 FROM outbox
     WHERE recipient_id = ?3 AND destination = ?4 AND taken = 0 AND dead_at IS NULL
     ON CONFLICT (destination, subject) DO UPDATE SET dead_at = NULL`,
    waiting,
    now,
    staffId,
    digest,
  ),
  sql(
    db,
    'DELETE FROM outbox WHERE recipient_id = ? AND destination = ? AND taken = 0 AND dead_at IS NULL',
    staffId,
    digest,
  ),
]

/** What waits on a site: a comment, and a mark by which somebody who was told of it knows it again. */
export interface Waiting {
  id: string
  mark: string
  createdAt: number
}

/** Of what waits on a site, the latest that are looked at: so many of each kind. */
const mostLatest = 100

/** A list of what waits, the latest first, and what marks a comment in it beside its number. */
const lists = {
  held: {
    index: 'comments_held_site',
    has: "status = 'pending' AND verdict IS NOT NULL AND appeal_state IS NOT 'open'",
    mark: 'revision',
    order: 'created_at',
  },
  appeals: { index: 'comments_appeals_site', has: "appeal_state = 'open'", mark: "'a'", order: 'created_at' },
  flagged: {
    index: 'comments_flagged_latest_site',
    has: "open_flags > 0 AND flags > 0 AND status = 'approved'",
    mark: "'f' || last_flag_at",
    order: 'last_flag_at',
  },
}

/** The latest that waits on a site, of the kinds that somebody wants to hear of, the longest waiting first. */
export async function latestWaiting(
  db: D1Database,
  siteId: string,
  { held, disputed }: Pick<Choice, 'held' | 'disputed'>,
): Promise<Waiting[]> {
  const wanted = [...(held ? [lists.held] : []), ...(disputed ? [lists.appeals, lists.flagged] : [])]
  const found = await Promise.all(
    wanted.map(({ index, has, mark, order }) =>
      all<Waiting>(
        sql(
          db,
          `SELECT id, seq || '.' || ${mark} AS mark, created_at AS createdAt FROM comments INDEXED BY ${index}
           WHERE site_id = ? AND ${has} ORDER BY ${order} DESC LIMIT ${mostLatest}`,
          siteId,
        ),
      ),
    ),
  )
  return found.flat().sort((one, other) => one.createdAt - other.createdAt)
}
