import type { D1Database } from '@cloudflare/workers-types'
import { readSettings, type SiteSettings } from '../contract/siteSettings.ts'
import type { Status } from '../contract/status.ts'
import { all, sql } from './database.ts'
import { countedFor } from './decidedComments.ts'
import { sizeOf } from './sizes.ts'
import { inTime } from './timeOrder.ts'

/** What may be removed after a time, with the index that has its comments by time. */
const listed = {
  spam: "INDEXED BY comments_spam_site WHERE c.status = 'spam'",
  pending: "INDEXED BY comments_held_site WHERE c.status = 'pending'",
  rejected: "INDEXED BY comments_refused WHERE c.status IN ('rejected', 'deleted') AND c.status = 'rejected'",
  deleted: "INDEXED BY comments_refused WHERE c.status IN ('rejected', 'deleted') AND c.status = 'deleted'",
} as const

/** A status whose comments may be removed after a time. */
export type Expiring = keyof typeof listed

/** How far a look at the old comments of a status came. */
export interface Place {
  /** The `seq` of the last one that stayed; null where none did. */
  after: number | null
  /** The earliest time since which one that stayed is kept; when the look began where none is younger. */
  since: number
  /** Whether all were looked at. */
  isDone: boolean
}

/** How far a look at a site came, by status. */
export type Places = Partial<Record<Expiring, Place>>

/** A site that is to be looked at. */
export interface Due {
  siteId: string
  settings: SiteSettings
  places: Places
}

/** Sites that are to be looked at, the longest due first. @param now milliseconds since the epoch */
export async function due(db: D1Database, now: number, limit: number): Promise<Due[]> {
  const rows = await all<{ siteId: string; settings: string; places: string }>(
    sql(
      db,
      `SELECT t.site_id AS siteId, s.settings, t.expiry_places AS places
       FROM tallies t INDEXED BY tallies_expiry CROSS JOIN sites s ON s.id = t.site_id
       WHERE t.expiry_at <= ? ORDER BY t.expiry_at LIMIT ?`,
      now,
      limit,
    ),
  )
  return rows.map(({ siteId, settings, places }) => ({
    siteId,
    settings: readSettings(settings),
    places: JSON.parse(places),
  }))
}

/** A comment that is old enough, as it was found. */
export interface Old {
  seq: number
  status: Expiring
  /** About the bytes that it takes. */
  bytes: number
  /** The status that its author's record counts. */
  counted: Status
  decisionId: string | null
  author: number
  thread: number
  erased: number
  /** 1 where readers reported it and nobody answered. */
  reported: number
  /** Since when it is kept: it came, was brought here, or was decided last. */
  since: number
  /** 1 where readers see it, or an appeal waits for an answer. */
  needed: number
  /** 1 where it is the last comment of all. It stays: the next one would get its number. */
  last: number
  /** 1 where others answered it. */
  answered: number
}

/** Whether a comment's time is over. @param before milliseconds since the epoch */
export const isOver = ({ since, needed, last }: Old, before: number): boolean =>
  since < before && !needed && !last

/** Old comments of a site and status, the oldest first. @param before milliseconds since the epoch */
export const old = (
  db: D1Database,
  siteId: string,
  { status, after, before, limit }: { status: Expiring; after: number | null; before: number; limit: number },
): Promise<Old[]> =>
  all(
    sql(
      db,
      inTime(
        'c',
        (
          condition,
        ) => `SELECT c.seq, c.status, ${sizeOf('c')} AS bytes, ${countedFor('d', 'c.status')} AS counted, c.decision_id AS decisionId, c.author_id AS author, c.thread_id AS thread, c.erased, c.open_flags > 0 AS reported,
           max(c.created_at, coalesce(d.decided_at, 0),
             coalesce((SELECT began_at FROM imports WHERE number = c.import_number), 0)) AS since,
           c.shown_revision IS NOT NULL OR c.appeal_state IS 'open' AS needed,
           c.seq = (SELECT max(seq) FROM comments) AS last,
           EXISTS (SELECT 1 FROM comments a INDEXED BY comments_parent WHERE a.parent_seq = c.seq) AS answered
         FROM comments c ${listed[status].replace('WHERE', 'LEFT JOIN decisions d ON d.id = c.decision_id WHERE')}
           AND c.site_id = ?1 AND c.created_at < ?2 AND ${condition}`,
        { order: 'ASC', from: after === null ? null : '?4', limit: '?3' },
      ),
      siteId,
      before,
      limit,
      ...(after === null ? [] : [after]),
    ),
  )
