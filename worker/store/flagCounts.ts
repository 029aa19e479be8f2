import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { FlagReason } from '../contract/flagReasons.ts'
import { siteSettings } from '../contract/siteSettings.ts'
import { type Condition, sql } from './database.ts'

/** The bit that a reason is in `comments.flag_reasons`. */
export const reasonBits: Record<FlagReason, number> = {
  ...{ spam: 1, abuse: 2, off_topic: 4, personal_data: 8, other: 16, illegal: 32 },
}

const threshold = `(SELECT coalesce(json_extract(settings, '$.flagThreshold'), ${siteSettings.flagThreshold.preset})
  FROM sites WHERE id = c.site_id)`

const bits = Object.entries(reasonBits)
  .map(([reason, bit]) => `${bit} * max(answered_by IS NULL AND reason = '${reason}')`)
  .join(' + ')

/** Open flags that weigh something, or bring a comment before a person alone. */
const weighing = 'sum(answered_by IS NULL AND (weight > 0 OR at_once))'

/**
 * Whether the flags of a comment are enough for a person to look: one that is so alone, or such that weigh what the
 * site asks for, and more than all that a person answered before.
 */
const isEnough = `(max(answered_by IS NULL AND at_once)
  OR sum(weight * (answered_by IS NULL)) >= max(${threshold}, 1 + sum(weight * (answered_by IS NOT NULL))))`

/** SQL of comments, by the start of a query that brings their numbers, and what it is bound to. */
interface Some {
  /** A query of the numbers of comments, whose first value is `?1`. */
  seqs: string
  values: unknown[]
}

/**
 * Statements that count the flags of some comments of a site anew, its tally first: those that are open, and how many
 * weigh where they are enough for a person to look.
 *
 * @param reopened SQL that says of which comments all that weighs is enough
 */
export function counting(
  db: D1Database,
  { seqs, values }: Some,
  siteId: string,
  condition: Condition,
  reopened = 'FALSE',
): D1PreparedStatement[] {
  const of = (columns: string) => `SELECT ${columns} FROM flags WHERE comment_seq = c.seq AND muted = 0`
  const flags = `coalesce((${of(`iif(${reopened} OR ${isEnough}, ${weighing}, 0)`)}), 0)`
  const open = `(${of('coalesce(sum(answered_by IS NULL), 0)')})`
  const site = `?${values.length + 1}`
  const bound = [...values, siteId, ...condition.values]
  return [
    sql(
      db,
      `UPDATE tallies SET (flagged, reported, version) = (
         SELECT tallies.flagged + coalesce(sum(CASE status WHEN 'approved' THEN (n > 0) - (flags > 0) ELSE 0 END), 0),
           tallies.reported + coalesce(sum((open > 0) - (open_flags > 0)), 0),
           tallies.version + coalesce(sum(n <> flags OR open <> open_flags), 0)
         FROM (SELECT c.status, c.flags, c.open_flags, ${flags} AS n, ${open} AS open
           FROM comments c WHERE c.seq IN (${seqs})))
       WHERE site_id = ${site} AND ${condition.text}`,
      ...bound,
    ),
    sql(
      db,
      `UPDATE comments AS c SET flags = ${flags}, (open_flags, last_flag_at, flag_reasons) = (${of(
        `coalesce(sum(answered_by IS NULL), 0), max(iif(answered_by IS NULL, at, NULL)), coalesce(${bits}, 0)`,
      )})
       WHERE c.seq IN (${seqs}) AND +c.site_id = ${site} AND ${condition.text}`,
      ...bound,
    ),
  ]
}

/** Statements after which a comment has no open flags, its tally first. */
export const uncounting = (
  db: D1Database,
  { seq, siteId }: { seq: number; siteId: string },
  { text, values }: Condition,
): D1PreparedStatement[] => [
  sql(
    db,
    `UPDATE tallies SET (flagged, reported, version) = (
       SELECT tallies.flagged - (c.status = 'approved' AND c.flags > 0), tallies.reported - (c.open_flags > 0),
         tallies.version + (c.open_flags > 0)
       FROM comments c WHERE c.seq = ?1)
     WHERE site_id = ?2 AND ${text}`,
    seq,
    siteId,
    ...values,
  ),
  sql(
    db,
    `UPDATE comments SET flags = 0, open_flags = 0, last_flag_at = NULL, flag_reasons = 0
     WHERE seq = ?1 AND open_flags > 0 AND ${text}`,
    seq,
    ...values,
  ),
]
