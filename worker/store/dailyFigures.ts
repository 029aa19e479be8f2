import type { D1Database } from '@cloudflare/workers-types'
import type { ActorKind, DecisionView } from '../contract/decisions.ts'
import type { Verdict } from '../contract/findings.ts'
import type { Status } from '../contract/status.ts'
import { all, batch, first, over, sql } from './database.ts'

/** What was done on a site in a day. Numbers alone: they hold no words of authors, so they stay when a comment goes. */
export interface DayFigures {
  /** Comments that were posted that day, by what they are since. */
  comments: Partial<Record<Status, number>>
  /** Decisions that were taken that day and stand, or were followed by others: by who took them and by action. */
  people: Record<string, { name: string; acts: Record<string, number> }>
  /** Of rejections. */
  reasons: Record<string, number>
  /** How long held comments waited for a person, by steps of time. */
  waits: Record<string, number>
  /** Of the comments posted that day those that are approved, by the number of their thread. */
  pages: Record<string, number>
}

/** The figures of a day, by number, of a site, or ('') of all. */
export interface SiteDay {
  site: string
  day: number
  figures: DayFigures
}

/** What a comment or decision was like when an event about it was counted. */
export interface CountedEvent {
  id: number
  at: number
  actorKind: ActorKind
  actorId: string
  actorName: string
  act: string
  siteId: string | null
  from: Status | null
  to: Status | null
  /** Null once the comment is gone. */
  createdAt: number | null
  editedAt: number | null
  threadId: number | null
  verdict: Verdict | null
  appealed: number | null
  /** The decision that the event is of, or that it undoes. */
  decidedAt: number | null
  deciderKind: ActorKind | null
  deciderId: string | null
  action: DecisionView['action'] | null
  reason: string | null
}

/** How far the figures count: the last event in them, the first after it, and the last there is. */
export interface Progress {
  countedTo: number
  nextAt: number | null
  last: number
}

export async function progress(db: D1Database): Promise<Progress> {
  const row = await first<Progress>(
    sql(
      db,
      `SELECT r.counted_to AS countedTo, (SELECT max(id) FROM events) AS last,
         (SELECT at FROM events WHERE id > r.counted_to ORDER BY id LIMIT 1) AS nextAt
       FROM (SELECT coalesce((SELECT counted_to FROM roll_ups), 0) AS counted_to) r`,
    ),
  )
  return { countedTo: row?.countedTo ?? 0, nextAt: row?.nextAt ?? null, last: row?.last ?? 0 }
}

/** Events after one, the oldest first, with what the figures need of their comment and decision. */
export const eventsAfter = (db: D1Database, id: number, limit: number): Promise<CountedEvent[]> =>
  all(
    sql(
      db,
      `SELECT e.id, e.at, e.actor_kind AS actorKind, e.actor_id AS actorId, e.actor_name AS actorName, e.act,
         e.site_id AS siteId, e.details ->> 'from' AS "from", e.details ->> 'to' AS "to",
         iif(c.import_number IS NULL, c.created_at, NULL) AS createdAt, c.edited_at AS editedAt, c.thread_id AS threadId, c.verdict,
         c.appeal IS NOT NULL AS appealed, d.decided_at AS decidedAt, d.actor_kind AS deciderKind,
         d.actor_id AS deciderId, d.action, d.reason
       FROM (SELECT * FROM events WHERE id > ? ORDER BY id LIMIT ?) e
         LEFT JOIN comments c ON c.id = e.comment_id
         LEFT JOIN decisions d ON d.id = e.details ->> 'decisionId'`,
      id,
      limit,
    ),
  )

interface Row {
  site: string
  day: number
  figures: string
}

const dayOf = ({ figures, ...row }: Row): SiteDay => ({ ...row, figures: JSON.parse(figures) })

/** The figures of some days of some sites; a day without any has none. */
export async function some(db: D1Database, days: Pick<SiteDay, 'site' | 'day'>[]): Promise<SiteDay[]> {
  if (days.length === 0) return []
  const rows = await all<Row>(
    over(
      db,
      days.map(({ site, day }) => ({ site, day })),
      `SELECT f.site_id AS site, f.day, f.figures
       FROM x CROSS JOIN daily_figures f ON f.site_id = x.site AND f.day = x.day`,
    ),
  )
  return rows.map(dayOf)
}

/** The figures of some sites from a day to another, each day of each site a row. */
export async function between(
  db: D1Database,
  sites: string[],
  [from, to]: [from: number, to: number],
): Promise<SiteDay[]> {
  const rows = await Promise.all(
    sites.map((site) =>
      all<Row>(
        sql(
          db,
          `SELECT site_id AS site, day, figures FROM daily_figures
           WHERE site_id = ? AND day BETWEEN ? AND ? ORDER BY day`,
          site,
          from,
          to,
        ),
      ),
    ),
  )
  return rows.flat().map(dayOf)
}

/** Writes the figures of days, which count up to another event now, unless somebody else did meanwhile. */
export async function write(
  db: D1Database,
  days: SiteDay[],
  counted: { before: number; to: number },
): Promise<void> {
  const stillAt = 'coalesce((SELECT counted_to FROM roll_ups), 0) = ?2'
  const rows = days.map(({ figures, ...day }) => ({ ...day, figures: JSON.stringify(figures) }))
  await batch(db, [
    ...(rows.length === 0
      ? []
      : [
          over(
            db,
            rows,
            `INSERT INTO daily_figures (site_id, day, figures) SELECT x.site, x.day, x.figures FROM x WHERE ${stillAt}
             ON CONFLICT (site_id, day) DO UPDATE SET figures = excluded.figures`,
            counted.before,
          ),
        ]),
    sql(
      db,
      `INSERT INTO roll_ups (id, counted_to) SELECT 1, ?1 WHERE ${stillAt}
       ON CONFLICT (id) DO UPDATE SET counted_to = excluded.counted_to`,
      counted.to,
      counted.before,
    ),
  ])
}
