import type { D1Database } from '@cloudflare/workers-types'
import { all, sql } from './database.ts'
import type { NoteRow } from './notes.ts'

/** A note that names somebody, with what it is about. */
export interface MentionRow extends NoteRow {
  siteId: string
  /** Null where it is about an author. */
  commentId: string | null
  authorId: string
  /** Null where no comment says it. */
  authorName: string | null
}

/** Notes that name a member of staff, about what is of some sites or (null) of all, the latest first. */
export const mentionsOf = (
  db: D1Database,
  asked: {
    staffId: string
    siteIds: string[] | null
    after: { at: number; id: string } | null
    limit: number
  },
): Promise<MentionRow[]> => {
  const { staffId, siteIds, after, limit } = asked
  return all(
    sql(
      db,
      `SELECT n.id, n.body, n.mentions, n.staff_id AS staffId, n.staff_name AS staffName, n.created_at AS createdAt,
         n.site_id AS siteId, c.id AS commentId, coalesce(c.author_public_id, a.public_id) AS authorId,
         c.name AS authorName
       FROM mentions m CROSS JOIN notes n ON n.id = m.note_id
         LEFT JOIN comments c ON c.seq = n.comment_seq LEFT JOIN authors a ON a.id = n.author_id
       WHERE m.staff_id = ?1 AND (m.created_at, m.note_id) < (?2, ?3)
         AND (?4 IS NULL OR n.site_id IN (SELECT value FROM json_each(?4)))
       ORDER BY m.created_at DESC, m.note_id DESC LIMIT ?5`,
      staffId,
      after?.at ?? Number.MAX_SAFE_INTEGER,
      after?.id ?? '',
      siteIds && JSON.stringify(siteIds),
      limit,
    ),
  )
}
