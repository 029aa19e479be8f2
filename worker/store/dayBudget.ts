import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import { dayOf } from '../contract/networks.ts'
import { all, type Condition, changed, first, sql } from './database.ts'
import { type NetworkHash, within } from './networks.ts'

/** What was done today. */
export interface Spent {
  /** Comments of the site. */
  site: number
  /** Comments, edits and withdrawals of the network's newcomers, and their likes and flags. */
  writings: number
  reactions: number
}

/** What a site and a network spent today, looking at no more than `most` comments. */
export async function spent(
  db: D1Database,
  { siteId, network, most }: { siteId: string; network: NetworkHash | null; most: number },
  now: number,
): Promise<Spent> {
  const row = await first<Spent>(
    sql(
      db,
      `SELECT coalesce((SELECT posted FROM tallies WHERE site_id = ?1 AND day = ?2), 0) AS site,
         coalesce(a.writings, 0) + (SELECT count(*) FROM (SELECT 1 FROM comments INDEXED BY comments_address
           WHERE ${within('address', '?3')} LIMIT ?4)) AS writings,
         coalesce(a.reactions, 0) AS reactions
       FROM (SELECT 1) LEFT JOIN network_acts a ON a.day = ?2 AND a.network = ?3`,
      siteId,
      dayOf(now).number,
      network,
      most,
    ),
  )
  return row ?? { site: 0, writings: 0, reactions: 0 }
}

/** Comments that came to some sites today, by site; none where none came. */
export async function postedToday(
  db: D1Database,
  siteIds: string[],
  now: number,
): Promise<Map<string, number>> {
  const rows = await all<{ site: string; posted: number }>(
    sql(
      db,
      `SELECT site_id AS site, posted FROM tallies
       WHERE site_id IN (SELECT value FROM json_each(?)) AND day = ?`,
      JSON.stringify(siteIds),
      dayOf(now).number,
    ),
  )
  return new Map(rows.map(({ site, posted }) => [site, posted]))
}

/**
 * The statement that counts a comment of so many bytes in the tally of its site, right after the one that stored it. One of
 * a past day is none of today's. It waits for a decision, unless it is said not to.
 */
export const posting = (
  db: D1Database,
  { siteId, bytes, at, waits = true }: { siteId: string; bytes: number; at: number; waits?: boolean },
): D1PreparedStatement =>
  sql(
    db,
    `UPDATE tallies SET held = held + ?4, total = total + 1, bytes = bytes + ?3, version = version + 1,
       posted = CASE WHEN day < ?2 THEN 1 ELSE posted + (day = ?2) END, day = max(day, ?2)
     WHERE site_id = ?1 AND ${changed.text}`,
    siteId,
    dayOf(at).number,
    bytes,
    waits ? 1 : 0,
  )

/** What a newcomer did, and from which network. */
export interface Act {
  kind: 'writings' | 'reactions'
  network: NetworkHash
  at: number
}

/** The statement that counts an act for its network's day; none where its network is not known. */
export const spending = (db: D1Database, act: Act | null, condition: Condition): D1PreparedStatement[] =>
  act === null
    ? []
    : [
        sql(
          db,
          `INSERT INTO network_acts (day, network, ${act.kind}) SELECT ?, ?, 1 WHERE ${condition.text}
           ON CONFLICT (day, network) DO UPDATE SET ${act.kind} = ${act.kind} + 1`,
          dayOf(act.at).number,
          act.network,
          ...condition.values,
        ),
      ]

/** A statement that forgets what was done on past days. */
export const forgettingActs = (db: D1Database, now: number): D1PreparedStatement =>
  sql(db, 'DELETE FROM network_acts WHERE day < ?', dayOf(now).number)
