import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { FlagReason } from '../contract/flagReasons.ts'
import { all, batch, type Condition, changed, over, sql } from './database.ts'
import { spending } from './dayBudget.ts'
import { stillFound } from './decisionEffects.ts'
import type { Deliveries } from './delivery.ts'
import { counting, uncounting } from './flagCounts.ts'
import { type NewFlag, telling } from './newFlag.ts'
import type { Target } from './reactions.ts'
import { forgettingPasts, rememberingPast, reporterId, reporterOf, uncountingAnswers } from './reporters.ts'

/** Open flags that a comment may have, of those that weigh and of the others: more would tell a person nothing more. */
const mostOpen = 50

/** How a flag counts, and where its kind counts no more. */
export interface FlagWeight {
  weight: number
  /** Whether it brings the comment before a person alone, as long as not more do so already than `most`. */
  atOnce: boolean
  most: Record<'reader' | 'network' | 'page' | 'site', number>
}

/** Whether less wait than may because one flag alone brought them. */
const isRoomAtOnce = `(SELECT count(*) < ?10 AND total(f.reader = ?1) < ?11 AND total(f.network = ?2) < ?12
    AND total(w.thread_id = c.thread_id) < ?13
  FROM flags f INDEXED BY flags_at_once CROSS JOIN comments w ON w.seq = f.comment_seq
  WHERE f.site_id = c.site_id AND f.at_once = 1 AND f.answered_by IS NULL AND f.muted = 0)`

/**
 * Adds a reader's flag of a shown comment, once. It weighs what the flags of their network do not weigh yet, and
 * nothing where the reader is muted. With enough of them the comment comes before a person again; readers see it as
 * before. A person who kept it looked at reasons: the same reason brings it back by weight only.
 */
export async function add(
  db: D1Database,
  target: Target,
  flag: NewFlag,
  { weight, atOnce, most, deliveries }: FlagWeight & { deliveries: Deliveries },
): Promise<void> {
  const { reader } = flag
  await batch(db, [
    sql(
      db,
      `INSERT INTO flags (comment_seq, reader, network, weight, reason, note, at, site_id, muted, at_once)
       SELECT c.seq, ?1, ?2, adds, ?4, ?5, ?6, c.site_id, is_muted,
         CASE WHEN ?9 AND NOT is_muted AND c.flags = 0
           AND NOT EXISTS (SELECT 1 FROM flags
             WHERE comment_seq = c.seq AND reason = ?4 AND answered_by IS NOT NULL AND muted = 0)
           THEN ${isRoomAtOnce} ELSE 0 END
       FROM (SELECT max(0, ?3 - total(weight)) AS adds FROM flags
           WHERE comment_seq = ?7 AND network = ?2 AND muted = 0)
         JOIN comments c ON c.seq = ?7
         JOIN (SELECT EXISTS (SELECT 1 FROM reporters
           WHERE site_id = ?14 AND id = ?15 AND muted_at IS NOT NULL) AS is_muted)
       WHERE c.shown_revision IS NOT NULL
         AND (SELECT count(*) FROM flags INDEXED BY flags_open
           WHERE comment_seq = c.seq AND answered_by IS NULL AND (weight > 0) = (adds > 0) AND muted = is_muted) < ?8
       ON CONFLICT (comment_seq, reader) DO NOTHING`,
      reader.hash,
      reader.network,
      weight,
      flag.reason,
      flag.note,
      flag.at,
      target.seq,
      mostOpen,
      atOnce ? 1 : 0,
      ...[most.site, most.reader, most.network, most.page],
      target.siteId,
      reporterOf(reader.hash),
    ),
    ...spending(db, reader.spends, changed),
    ...counting(db, of(target.seq), target.siteId, changed),
    ...telling(db, deliveries, target, flag),
  ])
}

/** One comment, as `counting` takes it. */
const of = (seq: number) => ({ seqs: 'SELECT ?1', values: [seq] })

/** What a person's decision answers: whether it agrees with those who flagged, or says nothing of them (null). */
interface Answering extends Record<string, unknown> {
  seq: number
  by: string
  at: number
  upheld: 0 | 1 | null
}

/** The statements by which people's decisions answer the open flags of their comments; these count none any more. */
export function answering(db: D1Database, decided: Answering[]): D1PreparedStatement[] {
  const judging = decided.filter(({ upheld }) => upheld !== null)
  return [
    ...(judging.length > 0
      ? [rememberingPast(db, judging, stillFound), forgettingPasts(db, judging[0]?.at ?? 0)]
      : []),
    ...(decided.length > 0
      ? [
          over(
            db,
            decided,
            `UPDATE flags SET answered_by = x.by, upheld = iif(flags.muted, NULL, x.upheld) FROM x
             WHERE comment_seq = x.seq AND answered_by IS NULL AND ${stillFound.text}`,
          ),
        ]
      : []),
  ]
}

/**
 * Statements that open again what a decision answered, as far as those who flagged are not muted by now; flags that came
 * since count besides.
 */
export const reopening = (
  db: D1Database,
  subject: { seq: number; siteId: string },
  decisionId: string,
  condition: Condition,
): D1PreparedStatement[] => [
  uncountingAnswers(db, subject.seq, decisionId, condition),
  sql(
    db,
    `UPDATE flags AS f SET answered_by = NULL, upheld = NULL, muted = EXISTS (SELECT 1 FROM reporters
       WHERE site_id = f.site_id AND id = ${reporterId} AND muted_at IS NOT NULL)
     WHERE comment_seq = ? AND answered_by = ? AND ${condition.text}`,
    subject.seq,
    decisionId,
    ...condition.values,
  ),
  ...counting(
    db,
    { seqs: 'SELECT ?1', values: [subject.seq, decisionId] },
    subject.siteId,
    condition,
    '(SELECT flags_before FROM decisions WHERE id = ?2) > 0',
  ),
]

/** Statements that remove all flags of a comment: their notes may quote it. */
export const forgetting = (
  db: D1Database,
  subject: { seq: number; siteId: string },
  condition: Condition,
): D1PreparedStatement[] => [
  sql(db, `DELETE FROM flags WHERE comment_seq = ? AND ${condition.text}`, subject.seq, ...condition.values),
  ...uncounting(db, subject, condition),
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
      `SELECT comment_seq AS seq, reason, note, max(weight, at_once) AS weight
       FROM flags INDEXED BY flags_open
       WHERE comment_seq IN (${seqs.map(() => '?').join()}) AND answered_by IS NULL AND muted = 0 ORDER BY at`,
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
