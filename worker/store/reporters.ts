import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { StaffEvent } from '../contract/events.ts'
import { all, batch, type Condition, changed, first, over, sql } from './database.ts'
import { recordEvent } from './events.ts'
import { counting } from './flagCounts.ts'

/** What staff knows a reporter by: the start of the hash of the token that they keep. It opens nothing. */
export const reporterOf = (readerHash: string): string => readerHash.slice(0, 16)

/** The same in SQL, of a flag `f`. */
export const reporterId = 'substr(f.reader, 1, 16)'

/** How staff answered what somebody reported on a site. */
export interface Past {
  upheld: number
  refused: number
}

/** The past of a reporter on a site. */
export async function pastOf(db: D1Database, siteId: string, readerHash: string): Promise<Past> {
  const query = 'SELECT upheld, refused FROM reporters WHERE site_id = ? AND id = ?'
  const row = await first<Past>(sql(db, query, siteId, reporterOf(readerHash)))
  return row ?? { upheld: 0, refused: 0 }
}

/**
 * A statement that adds what decisions answer to the past of those who flagged, before the flags are answered.
 *
 * @param decided each with whether it agrees with them
 * @param condition one on a row `x` of them
 */
export const rememberingPast = (
  db: D1Database,
  decided: Record<string, unknown>[],
  { text }: Condition,
): D1PreparedStatement =>
  over(
    db,
    decided,
    `INSERT INTO reporters (site_id, id, upheld, refused, answered_at)
     SELECT f.site_id, ${reporterId}, sum(x.upheld), sum(1 - x.upheld), max(x.at)
     FROM x CROSS JOIN flags f INDEXED BY flags_open
     WHERE f.comment_seq = x.seq AND f.answered_by IS NULL AND f.muted = 0 AND ${text}
     GROUP BY 1, 2
     ON CONFLICT (site_id, id) DO UPDATE SET upheld = upheld + excluded.upheld,
       refused = refused + excluded.refused, answered_at = max(answered_at, excluded.answered_at)`,
  )

/** A statement that takes out of those pasts what a decision had answered, while its flags still say so. */
export const uncountingAnswers = (
  db: D1Database,
  seq: number,
  decisionId: string,
  { text, values }: Condition,
): D1PreparedStatement =>
  sql(
    db,
    `UPDATE reporters AS r SET upheld = max(0, r.upheld - o.upheld), refused = max(0, r.refused - 1 + o.upheld)
     FROM (SELECT f.site_id, ${reporterId} AS id, f.upheld FROM flags f
       WHERE f.comment_seq = ? AND f.answered_by = ? AND f.upheld IS NOT NULL) o
     WHERE r.site_id = o.site_id AND r.id = o.id AND ${text}`,
    seq,
    decisionId,
    ...values,
  )

/** Milliseconds for which a past is kept after the last answer. */
const keptFor = 365 * 86_400_000

/** A statement that forgets the past of those whose last report was answered a year ago, unless they are muted. */
export const forgettingPasts = (db: D1Database, now: number): D1PreparedStatement =>
  sql(
    db,
    'DELETE FROM reporters INDEXED BY reporters_age WHERE muted_at IS NULL AND answered_at < ?',
    now - keptFor,
  )

/** Somebody whose reports count nowhere. */
export interface MutedRow extends Past {
  siteId: string
  siteName: string
  id: string
  mutedAt: number
  mutedBy: string
}

/** Those who are muted on a site, or (null) on all, the latest first. */
export const muted = (
  db: D1Database,
  { siteId, before, limit }: { siteId: string | null; before: { at: number; id: string }; limit: number },
): Promise<MutedRow[]> =>
  all(
    sql(
      db,
      `SELECT r.site_id AS siteId, s.name AS siteName, r.id, r.upheld, r.refused, r.muted_at AS mutedAt,
         r.muted_by AS mutedBy
       FROM reporters r INDEXED BY ${siteId === null ? 'reporters_muted' : 'reporters_muted_site'}
         CROSS JOIN sites s ON s.id = r.site_id
       WHERE r.muted_at IS NOT NULL AND (r.muted_at, r.id) < (?, ?) ${siteId === null ? '' : 'AND r.site_id = ?'}
       ORDER BY r.muted_at DESC, r.id DESC LIMIT ?`,
      before.at,
      before.id,
      ...(siteId === null ? [] : [siteId]),
      limit,
    ),
  )

/** Flags of a reporter `?2` on a site `?1`: the range finds them by the index, and the rest says that it is no shorter start. */
const theirs = `site_id = ?1 AND reader >= ?2 AND reader < ?2 || '~' AND substr(reader, 1, 16) = ?2`

/** Their comments, as `counting` takes them. */
const flaggedByThem = (event: MuteEvent) => ({
  seqs: `SELECT comment_seq FROM flags INDEXED BY flags_of_reader WHERE ${theirs} AND answered_by IS NULL`,
  values: [event.siteId, event.reporter],
})

export type MuteEvent = StaffEvent & { act: 'reporter.mute' | 'reporter.unmute' }

/**
 * Mutes a reporter, or has them count again: with their open flags, in one transaction.
 *
 * @returns whether there was anything to change; null where nobody of that id ever reported on the site
 */
export async function mute(db: D1Database, event: MuteEvent): Promise<boolean | null> {
  const mutes = event.act === 'reporter.mute'
  const { siteId, reporter, at, actor } = event
  const results = await batch<{ known: number }>(db, [
    sql(
      db,
      `SELECT EXISTS (SELECT 1 FROM reporters WHERE site_id = ?1 AND id = ?2)
         OR EXISTS (SELECT 1 FROM flags INDEXED BY flags_of_reader WHERE ${theirs}) AS known`,
      siteId,
      reporter,
    ),
    mutes
      ? sql(
          db,
          `INSERT INTO reporters (site_id, id, answered_at, muted_at, muted_by)
           SELECT ?1, ?2, ?3, ?3, ?4 WHERE EXISTS (SELECT 1 FROM reporters WHERE site_id = ?1 AND id = ?2)
             OR EXISTS (SELECT 1 FROM flags INDEXED BY flags_of_reader WHERE ${theirs})
           ON CONFLICT (site_id, id) DO UPDATE SET muted_at = excluded.muted_at, muted_by = excluded.muted_by
             WHERE muted_at IS NULL`,
          ...[siteId, reporter, at, actor.name],
        )
      : sql(
          db,
          `UPDATE reporters SET muted_at = NULL, muted_by = NULL
           WHERE site_id = ? AND id = ? AND muted_at IS NOT NULL`,
          ...[siteId, reporter],
        ),
    recordEvent(db, event, changed),
    sql(
      db,
      `UPDATE flags SET muted = ?3 WHERE ${theirs} AND answered_by IS NULL AND muted <> ?3`,
      ...[siteId, reporter, mutes ? 1 : 0],
    ),
    ...counting(db, flaggedByThem(event), siteId, always),
  ])
  if (!results[0]?.results[0]?.known) return null
  return results[1]?.meta.changes === 1
}

const always: Condition = { text: 'TRUE', values: [] }
