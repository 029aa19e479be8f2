import type { D1Database } from '@cloudflare/workers-types'
import { mostUnseen } from '../contract/notes.ts'
import { all, batch, first, sql } from './database.ts'
import { latestName } from './latestWords.ts'
import type { NoteRow } from './notes.ts'

/** A note that names somebody, with what it is about. */
export interface MentionRow extends NoteRow {
  siteId: string
  /** Null where it is about an author. */
  commentId: string | null
  authorId: string
  /** Null where no comment says it. */
  authorName: string | null
  seen: 0 | 1
}

/** Whose mentions, about what is of which sites; null for all. */
interface Asked {
  staffId: string
  siteIds: string[] | null
}

const ofSites = (siteIds: string) =>
  `(${siteIds} IS NULL OR n.site_id IN (SELECT value FROM json_each(${siteIds})))`

/** Notes that name a member of staff, the latest first; or those alone that they have not seen. */
export const mentionsOf = (
  db: D1Database,
  asked: Asked & { unseen: boolean; after: { at: number; id: string } | null; limit: number },
): Promise<MentionRow[]> => {
  const { staffId, siteIds, unseen, after, limit } = asked
  return all(
    sql(
      db,
      `SELECT n.id, n.body, n.mentions, n.staff_id AS staffId, n.staff_name AS staffName, n.created_at AS createdAt,
         n.site_id AS siteId, c.id AS commentId, coalesce(c.author_public_id, a.public_id) AS authorId,
         iif(c.seq IS NULL, (${latestName}), c.name) AS authorName, m.seen_at IS NOT NULL AS seen
       FROM mentions m ${unseen ? 'INDEXED BY mentions_unseen' : ''} CROSS JOIN notes n ON n.id = m.note_id
         LEFT JOIN comments c ON c.seq = n.comment_seq LEFT JOIN authors a ON a.id = n.author_id
       WHERE m.staff_id = ?1 AND (m.created_at, m.note_id) < (?2, ?3) ${unseen ? 'AND m.seen_at IS NULL' : ''}
         AND ${ofSites('?4')}
       ORDER BY m.created_at DESC, m.note_id DESC LIMIT ?5`,
      staffId,
      after?.at ?? Number.MAX_SAFE_INTEGER,
      after?.id ?? '',
      siteIds && JSON.stringify(siteIds),
      limit,
    ),
  )
}

/** How many notes name a member of staff that they have not seen, counting no more than `mostUnseen`. */
export async function countUnseen(db: D1Database, { staffId, siteIds }: Asked): Promise<number> {
  const row = await first<{ count: number }>(
    sql(
      db,
      `SELECT count(*) AS count FROM (
         SELECT 1 FROM mentions m INDEXED BY mentions_unseen CROSS JOIN notes n ON n.id = m.note_id
         WHERE m.staff_id = ?1 AND m.seen_at IS NULL AND ${ofSites('?2')} LIMIT ${mostUnseen})`,
      staffId,
      siteIds && JSON.stringify(siteIds),
    ),
  )
  return row?.count ?? 0
}

/** Keeps that a member of staff has seen that some notes name them. */
export async function see(
  db: D1Database,
  { staffId, notes, at }: { staffId: string; notes: string[]; at: number },
): Promise<void> {
  await batch(db, [
    sql(
      db,
      `UPDATE mentions INDEXED BY mentions_note SET seen_at = ?
       WHERE note_id IN (SELECT value FROM json_each(?)) AND staff_id = ? AND seen_at IS NULL`,
      at,
      JSON.stringify(notes),
      staffId,
    ),
  ])
}
