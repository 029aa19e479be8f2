import type { D1Database } from '@cloudflare/workers-types'
import type { Verdict } from '../contract/findings.ts'
import { dayOf } from '../contract/networks.ts'
import { all, first, sql } from './database.ts'

/** What the dashboard's tabs count of a site, and about the bytes that its comments take. */
export interface SiteFigures {
  site: string
  held: number
  flagged: number
  spam: number
  total: number
  /** Of today. */
  posted: number
  bytes: number
}

/** The tallies of all sites: a row a site, however many comments it has. */
export const ofSites = (db: D1Database, now: number): Promise<SiteFigures[]> =>
  all(
    sql(
      db,
      `SELECT site_id AS site, held, flagged, spam, total, iif(day = ?, posted, 0) AS posted, bytes
       FROM tallies ORDER BY site_id`,
      dayOf(now).number,
    ),
  )

/** Deliveries that wait for their time or another try, looking at no more than 1,000. */
export async function waitingDeliveries(db: D1Database): Promise<number> {
  const row = await first<{ waiting: number }>(
    sql(
      db,
      `SELECT count(*) AS waiting FROM
         (SELECT 1 FROM outbox INDEXED BY outbox_due WHERE dead_at IS NULL LIMIT 1000)`,
    ),
  )
  return row?.waiting ?? 0
}

/** Verdicts and waits that a site's figures are made of, at most. */
const mostVerdicts = 1000
const mostWaits = 250

/** Digits that a wait is written with. */
const digits = 8

/** A verdict on a comment: since when that waited, and when it came, in milliseconds since the epoch. */
interface Given {
  siteId: string
  verdict: Verdict
  createdAt: number
  editedAt: number | null
  at: number
  /** Where an automatic verdict is counted that nobody checks; null of any other. */
  unreadPlace: string | null
}

/** A statement that adds a verdict to its site's, where the statement before changed a comment. */
export const addVerdict = (
  db: D1Database,
  { siteId, verdict, createdAt, editedAt, at, unreadPlace }: Given,
) =>
  sql(
    db,
    `UPDATE tallies SET version = version + 1, verdicts = substr(verdicts || ?1, -${mostVerdicts}),
       screened_to = max(screened_to, ?2), screened_at = ?3, unread_verdicts = iif(?5 IS NULL, unread_verdicts,
         json_set(unread_verdicts, '$."' || ?5 || '"', coalesce(unread_verdicts ->> ?5, 0) + 1))
     WHERE site_id = ?4 AND changes() = 1`,
    verdict === 'hold' ? '1' : '0',
    editedAt ?? createdAt,
    at,
    siteId,
    unreadPlace,
  )

/** The latest of waits that are written one after the other. */
export const latestWaits = (written: string) => `substr(${written}, -${mostWaits * digits})`

/** Waits that are written one after the other, in seconds. */
export const waitsIn = (written: string): number[] => (written.match(/.{8}/g) ?? []).map(Number)

/** The latest waits of the site of a comment `c`, as they are written, while that is pending itself. */
export const waitsWhilePending =
  "CASE WHEN c.status = 'pending' THEN (SELECT waits FROM tallies WHERE site_id = c.site_id) END"

/** How long held comments `s` of a group waited till a time, of those where a condition holds, as it is written. */
export const waitsUntil = (at: string, condition: string) => `coalesce(group_concat(CASE
  WHEN ${condition} AND s.status = 'pending' AND s.verdict = 'hold' AND s.appeal IS NULL AND s.import_number IS NULL THEN printf('%0${digits}d',
    min(max((${at} - coalesce(s.edited_at, s.created_at)) / 1000, 0), 99999999)) END, ''), '')`

/** How screening and people did on a site of late, the oldest first. */
export interface Figures {
  /** Whether each verdict left its comment to a person. */
  held: boolean[]
  /** Seconds from posting to a person's decision, of comments left to one. */
  waits: number[]
  /** Bytes that the site's comments take, about. */
  bytes: number
}

/** The figures of some sites: a row a site, however many comments it has. */
export async function figuresOf(db: D1Database, siteIds: string[]): Promise<Map<string, Figures>> {
  const rows = await all<{ siteId: string; verdicts: string; waits: string; bytes: number }>(
    sql(
      db,
      `SELECT site_id AS siteId, verdicts, waits, bytes FROM tallies
       WHERE site_id IN (SELECT value FROM json_each(?))`,
      JSON.stringify(siteIds),
    ),
  )
  return new Map(
    rows.map(({ siteId, verdicts, waits, bytes }) => [
      siteId,
      {
        held: Array.from(verdicts, (letter) => letter === '1'),
        waits: waitsIn(waits),
        bytes,
      },
    ]),
  )
}
