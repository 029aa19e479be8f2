import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import { type Condition, first, sql } from './database.ts'

/** Of comments that wait, so many of the oldest and of the latest are looked at. */
const ofEachEnd = 40

/** What came to a site that nobody read, as it is kept: verdicts by place, and what waits. */
export interface UnreadRow {
  /** JSON: counts by place. */
  verdicts: string
  /** How many comments wait. */
  held: number
  /** JSON: scores of some that wait; null of one that has none. */
  scores: string
}

export async function unread(db: D1Database, siteId: string): Promise<UnreadRow> {
  const some = (order: 'ASC' | 'DESC') =>
    `SELECT * FROM (SELECT seq, iif(score < 1e9, score, NULL) AS score
       FROM comments INDEXED BY comments_held_site WHERE site_id = ?1 AND status = 'pending'
       ORDER BY created_at ${order}, seq ${order} LIMIT ${ofEachEnd})`
  const row = await first<UnreadRow>(
    sql(
      db,
      `SELECT unread_verdicts AS verdicts, held,
         (SELECT json_group_array(score) FROM (${some('ASC')} UNION ${some('DESC')})) AS scores
       FROM tallies WHERE site_id = ?1`,
      siteId,
    ),
  )
  return row ?? { verdicts: '{}', held: 0, scores: '[]' }
}

/** Statements that count verdicts no longer as unread, where a condition holds: people have decided their comments, which have no other verdict since. */
export const countRead = (
  db: D1Database,
  siteId: string,
  read: { seq: number; place: string }[],
  { text, values }: Condition,
): D1PreparedStatement[] => {
  const standing = `FROM json_each(?) j CROSS JOIN comments c ON c.seq = j.value ->> 'seq'
    WHERE c.facts ->> '$.unreadPlace' = j.value ->> 'place'`
  return [
    sql(
      db,
      `UPDATE tallies SET unread_verdicts = (
         SELECT json_group_object(v.key, round(v.value - coalesce(r.count, 0), 3)) FROM json_each(unread_verdicts) v
           LEFT JOIN (SELECT j.value ->> 'place' AS place, count(*) AS count ${standing} GROUP BY 1) r ON r.place = v.key
         WHERE v.value - coalesce(r.count, 0) >= 0.001)
       WHERE site_id = ? AND ${text}`,
      ...[JSON.stringify(read), siteId, ...values],
    ),
    sql(
      db,
      `UPDATE comments SET facts = json_remove(facts, '$.unreadPlace')
       WHERE seq IN (SELECT c.seq ${standing}) AND ${text}`,
      ...[JSON.stringify(read), ...values],
    ),
  ]
}

/** A statement that makes the verdicts of a site count less, as some of its lessons have become too old. */
export const fadeVerdicts = (
  db: D1Database,
  siteId: string,
  share: number,
  condition: Condition,
): D1PreparedStatement =>
  sql(
    db,
    `UPDATE tallies SET unread_verdicts =
       (SELECT json_group_object(key, round(value * f.share, 3)) FROM json_each(unread_verdicts), (SELECT ? AS share) f WHERE value * f.share >= 0.001)
     WHERE site_id = ? AND ${condition.text}`,
    share,
    siteId,
    ...condition.values,
  )

/** No more than so many are counted of a page. */
const mostAsked = 10

/** A statement that notes that a spam verdict of a page goes to a person. */
export const askingOfPage = (
  db: D1Database,
  { threadId, seq, revision }: { threadId: number; seq: number; revision: number },
): D1PreparedStatement =>
  sql(
    db,
    `UPDATE threads SET spam_asked = spam_asked + 1 WHERE id = ? AND spam_asked < ${mostAsked}
       AND EXISTS (SELECT 1 FROM comments WHERE seq = ? AND revision = ? AND audited = 'spam')`,
    threadId,
    seq,
    revision,
  )
