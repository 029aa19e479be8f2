import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { Verdict } from '../contract/findings.ts'
import { all, sql } from './database.ts'
import type { Subject } from './decidedComments.ts'
import { asFound } from './decisionEffects.ts'
import { versionSize, versionsSize } from './sizes.ts'

/** Former revisions that a comment keeps, besides the first and the one that readers see. */
const mostRevisions = 20

/** A text as it is stored. */
export interface NewText {
  body: string
  content: string
  bodyHash: string
}

/** What of a comment is another one with another text: what screening and its learner made of it. */
export const unread = `dead_letter = 0, band = NULL, score = 1e9, doubt = -1, facts = NULL, signature = NULL,
  audited = NULL`

/**
 * Statements that keep a comment's latest text as a former one, and count what the next one takes; very old ones go.
 */
export function keepingVersion(
  db: D1Database,
  subject: Subject,
  next: Omit<NewText, 'bodyHash'>,
  at: number,
): D1PreparedStatement[] {
  const { seq, siteId } = subject
  const { text, values } = asFound(subject)
  const dropped = 'r.revision BETWEEN 2 AND ? AND r.revision IS NOT ?'
  const drops = [subject.revision - mostRevisions, subject.shownRevision]
  return [
    sql(
      db,
      `UPDATE tallies SET bytes = bytes + ? - ${versionsSize('?', dropped)} WHERE site_id = ? AND ${text}`,
      ...[versionSize([next.body, next.content]), seq, ...drops, siteId, ...values],
    ),
    sql(
      db,
      `INSERT INTO revisions (comment_seq, site_id, revision, body, content, verdict, findings, replaced_at, edited_at, edited_by)
       SELECT seq, site_id, revision, body, content, verdict, findings, ?, edited_at, edited_by
       FROM comments WHERE seq = ? AND ${text}`,
      ...[at, seq, ...values],
    ),
    sql(
      db,
      `DELETE FROM revisions AS r WHERE comment_seq = ? AND ${dropped} AND ${text}`,
      ...[seq, ...drops, ...values],
    ),
  ]
}

/** A former text of a comment. */
export interface RevisionRow {
  revision: number
  body: string
  content: string
  verdict: Verdict | null
  findings: string
  replacedAt: number
  /** Null for the first. */
  editedAt: number | null
  editedBy: 'staff' | null
}

/** The former texts of a comment that are kept, the latest first. */
export const formerOf = (db: D1Database, commentId: string): Promise<RevisionRow[]> =>
  all(
    sql(
      db,
      `SELECT revision, body, content, verdict, findings, replaced_at AS replacedAt, edited_at AS editedAt,
         edited_by AS editedBy
       FROM revisions WHERE comment_seq = (SELECT seq FROM comments WHERE id = ?) ORDER BY revision DESC`,
      commentId,
    ),
  )

/** The former texts of some comments, by their ids, the latest first. */
export const formerTexts = (
  db: D1Database,
  ids: string[],
): Promise<{ commentId: string; revision: number; body: string }[]> =>
  all(
    sql(
      db,
      `SELECT c.id AS commentId, r.revision, r.body
       FROM comments c CROSS JOIN revisions r ON r.comment_seq = c.seq
       WHERE c.id IN (SELECT value FROM json_each(?)) ORDER BY r.revision DESC`,
      JSON.stringify(ids),
    ),
  )
