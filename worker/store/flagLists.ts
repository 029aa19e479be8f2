import type { D1Database } from '@cloudflare/workers-types'
import type { FlagReason } from '../contract/flagReasons.ts'
import type { FlagSort } from '../contract/flags.ts'
import { all, sql } from './database.ts'
import { reasonBits } from './flagCounts.ts'
import { reporterId } from './reporters.ts'

/** What is asked of the list of comments with open flags. */
export interface FlaggedFilter {
  siteId: string | null
  sort: FlagSort
  reason: FlagReason | null
  after: FlaggedPlace | null
  limit: number
}

/** Where a page ended. */
export interface FlaggedPlace {
  by: number
  seq: number
}

/** A comment with open flags, by what the list is ordered by. */
export interface FlaggedRow extends FlaggedPlace {
  openFlags: number
  lastFlagAt: number
  /** Whether the reason that is asked for is among them. */
  matches: 0 | 1
}

const orders = {
  latest: { index: 'comments_flagged_latest', column: 'last_flag_at' },
  most: { index: 'comments_flagged_most', column: 'open_flags' },
} as const

/** How two comments of the list stand to each other. */
export const inOrder = (one: FlaggedPlace, other: FlaggedPlace) => other.by - one.by || other.seq - one.seq

/** Comments with open flags, as many as `limit` from a place on: those that match a reason, and the others. */
export function flagged(
  db: D1Database,
  { siteId, sort, reason, after, limit }: FlaggedFilter,
): Promise<FlaggedRow[]> {
  const { index, column } = orders[sort]
  const listed = (condition: string, order: string) =>
    `SELECT * FROM (SELECT seq, ${column} AS "by", open_flags AS openFlags, last_flag_at AS lastFlagAt,
         (flag_reasons & ?1) > 0 AS matches
       FROM comments INDEXED BY ${index}${siteId === null ? '' : '_site'}
       WHERE open_flags > 0 ${siteId === null ? '' : 'AND site_id = ?2'} AND ${condition}
       ORDER BY ${order} LIMIT ?3)`
  const values = [reason === null ? 63 : reasonBits[reason], siteId, limit]
  const whole = `${column} DESC, seq DESC`
  if (after === null) return all(sql(db, listed('?2 IS ?2', whole), ...values))
  return all(
    sql(
      db,
      `${listed(`${column} = ?4 AND seq < ?5 AND ?2 IS ?2`, 'seq DESC')}
       UNION ALL ${listed(`${column} < ?4 AND ?5 = ?5 AND ?2 IS ?2`, whole)} LIMIT ?3`,
      ...values,
      after.by,
      after.seq,
    ),
  )
}

/** An open flag with who gave it. */
export interface OpenFlagRow {
  reason: FlagReason
  note: string
  at: number
  weight: number
  atOnce: number
  reporter: string
  upheld: number
  refused: number
}

/** Open flags that a comment of the list tells; of more it tells how many there are. */
const most = 5

/** The latest open flags of some comments, by comment. They come in one round trip. */
export async function openFlags(db: D1Database, seqs: number[]): Promise<Map<number, OpenFlagRow[]>> {
  const lists = seqs.map((seq) =>
    all<OpenFlagRow>(
      sql(
        db,
        `SELECT f.reason, f.note, f.at, f.weight, f.at_once AS atOnce, ${reporterId} AS reporter,
           coalesce(r.upheld, 0) AS upheld, coalesce(r.refused, 0) AS refused
         FROM flags f INDEXED BY flags_open LEFT JOIN reporters r ON r.site_id = f.site_id AND r.id = ${reporterId}
         WHERE f.comment_seq = ? AND f.answered_by IS NULL AND f.muted = 0
         ORDER BY f.at DESC LIMIT ${most}`,
        seq,
      ),
    ),
  )
  const found = await Promise.all(lists)
  return new Map(seqs.map((seq, at) => [seq, found[at] ?? []]))
}
