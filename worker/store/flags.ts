import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { FlagReason } from '../contract/flagReasons.ts'
import { siteSettings } from '../contract/siteSettings.ts'
import { all, batch, type Condition, changed, over, sql } from './database.ts'
import { spending } from './dayBudget.ts'
import { stillFound } from './decisionEffects.ts'
import type { Reader, Target } from './reactions.ts'

export interface Flag {
  reader: Reader
  reason: FlagReason
  note: string
  /** Milliseconds since the epoch. */
  at: number
}

/** Open flags that a comment may have, of those that weigh and of the others: more would tell a person nothing more. */
const mostOpen = 50

/** What a flag weighs: tokens cost nothing, an approved comment does. A network weighs as the best of its readers. */
const weights = { stranger: 1, known: 2 }

/** Readers with an open flag of the comment `c` that weighs something. */
const open = `(SELECT count(*) FROM flags WHERE comment_seq = c.seq AND answered_by IS NULL AND weight > 0)`

const threshold = `(SELECT coalesce(json_extract(settings, '$.flagThreshold'), ${siteSettings.flagThreshold.preset})
  FROM sites WHERE id = c.site_id)`

/**
 * The same where they are enough for a person to look, else 0: they weigh what the site asks for, and more than all
 * that a person answered before.
 */
const enough = `(SELECT CASE
    WHEN sum(weight * (answered_by IS NULL)) >= max(${threshold}, 1 + sum(weight * (answered_by IS NOT NULL)))
    THEN sum(weight > 0 AND answered_by IS NULL) ELSE 0 END
  FROM flags WHERE comment_seq = c.seq)`

/**
 * Adds a reader's flag of a shown comment, once. It weighs what the flags of their network do not weigh yet. With
 * enough of them the comment comes before a person again; readers see it as before.
 */
export async function add(db: D1Database, target: Target, flag: Flag): Promise<void> {
  const { reader } = flag
  await batch(db, [
    sql(
      db,
      `INSERT INTO flags (comment_seq, reader, network, weight, reason, note, at)
       SELECT c.seq, ?1, ?2, adds, ?4, ?5, ?6
       FROM (SELECT max(0, ?3 - total(weight)) AS adds FROM flags WHERE comment_seq = ?7 AND network = ?2)
         JOIN comments c ON c.seq = ?7
       WHERE c.shown_revision IS NOT NULL
         AND (SELECT count(*) FROM flags INDEXED BY flags_open
           WHERE comment_seq = c.seq AND answered_by IS NULL AND (weight > 0) = (adds > 0)) < ?8
       ON CONFLICT (comment_seq, reader) DO NOTHING`,
      reader.hash,
      reader.network,
      reader.known ? weights.known : weights.stranger,
      flag.reason,
      flag.note,
      flag.at,
      target.seq,
      mostOpen,
    ),
    ...spending(db, reader.spends, changed),
    ...counting(db, target, enough, changed),
  ])
}

/** The statements by which people's decisions answer the open flags of their comments; these count none any more. */
export const answering = (
  db: D1Database,
  decided: ({ seq: number; by: string } & Record<string, unknown>)[],
): D1PreparedStatement[] =>
  decided.length === 0
    ? []
    : [
        over(
          db,
          decided,
          `UPDATE flags SET answered_by = x.by FROM x
           WHERE comment_seq = x.seq AND answered_by IS NULL AND ${stillFound.text}`,
        ),
      ]

/** Statements that open again what a decision answered; flags that came since count besides. */
export const reopening = (
  db: D1Database,
  subject: { seq: number; siteId: string },
  decisionId: string,
  condition: Condition,
): D1PreparedStatement[] => [
  sql(
    db,
    `UPDATE flags SET answered_by = NULL WHERE comment_seq = ? AND answered_by = ? AND ${condition.text}`,
    subject.seq,
    decisionId,
    ...condition.values,
  ),
  ...counting(
    db,
    subject,
    `CASE WHEN (SELECT flags_before FROM decisions WHERE id = ?3) > 0 THEN ${open} ELSE ${enough} END`,
    condition,
    decisionId,
  ),
]

/** Statements that remove all flags of a comment: their notes may quote it. */
export const forgetting = (
  db: D1Database,
  subject: { seq: number; siteId: string },
  condition: Condition,
): D1PreparedStatement[] => [
  sql(db, `DELETE FROM flags WHERE comment_seq = ? AND ${condition.text}`, subject.seq, ...condition.values),
  ...counting(db, subject, '0', condition),
]

/** A statement that empties the notes of an author's own flags on a site once no other comment of theirs is there. */
export const forgettingNotes = (
  db: D1Database,
  { seq, siteId, authorId }: { seq: number; siteId: string; authorId: number },
  condition: Condition,
): D1PreparedStatement =>
  sql(
    db,
    `UPDATE flags INDEXED BY flags_noted SET note = ''
     WHERE note <> '' AND reader = (SELECT token_hash FROM authors WHERE id = ?1)
       AND (SELECT site_id FROM comments WHERE seq = flags.comment_seq) = ?2
       AND NOT EXISTS (SELECT 1 FROM comments INDEXED BY comments_author
         WHERE author_id = ?1 AND erased = 0 AND seq <> ?3)
       AND ${condition.text}`,
    authorId,
    siteId,
    seq,
    ...condition.values,
  )

/** Gives a comment a new count of flags, its site's tally first. */
function counting(
  db: D1Database,
  { seq, siteId }: { seq: number; siteId: string },
  count: string,
  condition: Condition,
  ...values: unknown[]
): D1PreparedStatement[] {
  const bound = [seq, siteId, ...values, ...condition.values]
  return [
    sql(
      db,
      `UPDATE tallies SET (flagged, version) = (
         SELECT tallies.flagged + CASE c.status WHEN 'approved' THEN (n > 0) - (c.flags > 0) ELSE 0 END,
           tallies.version + (n <> c.flags)
         FROM (SELECT c.status, c.flags, ${count} AS n FROM comments c WHERE c.seq = ?1) c)
       WHERE site_id = ?2 AND ${condition.text}`,
      ...bound,
    ),
    sql(
      db,
      `UPDATE comments AS c SET flags = ${count} WHERE c.seq = ?1 AND c.site_id = ?2 AND ${condition.text}`,
      ...bound,
    ),
  ]
}

/** What readers said is wrong with a comment and nobody answered yet. */
export interface OpenFlags {
  reasons: Partial<Record<FlagReason, number>>
  notes: string[]
}

/** The open flags of some comments, the oldest first. */
export async function ofComments(db: D1Database, seqs: number[]): Promise<Map<number, OpenFlags>> {
  const found = new Map<number, OpenFlags>()
  if (seqs.length === 0) return found
  const rows = await all<{ seq: number; reason: FlagReason; note: string; weight: number }>(
    sql(
      db,
      `SELECT comment_seq AS seq, reason, note, weight
       FROM flags INDEXED BY flags_open
       WHERE comment_seq IN (${seqs.map(() => '?').join()}) AND answered_by IS NULL ORDER BY at`,
      ...seqs,
    ),
  )
  for (const { seq, reason, note, weight } of rows) {
    const flags = found.get(seq) ?? { reasons: {}, notes: [] }
    if (weight > 0) flags.reasons[reason] = (flags.reasons[reason] ?? 0) + 1
    if (note) flags.notes.push(note)
    found.set(seq, flags)
  }
  return found
}
