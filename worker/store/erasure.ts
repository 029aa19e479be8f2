import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import { rejectionReasons } from '../contract/decisions.ts'
import { datedHash } from '../contract/networks.ts'
import { type Condition, sql } from './database.ts'
import { scrubbing } from './scrubbing.ts'
import { erasedSize, sizeOf } from './sizes.ts'

/** Comments whose words go. */
export interface Erased {
  /** Which, as a query of their `seq`. */
  comments: Condition
  /** Whether they stay refused: then their text is still recognised by its hash. */
  refused: boolean
  /** Whether it is forgotten at once from which network they came. */
  wholly?: boolean
  /** Milliseconds since the epoch. */
  at: number
}

/** Reasons that are no words about a comment, besides those of the site's own. */
const codes = rejectionReasons.map((reason) => `'${reason}'`).join()

/** D1 takes no pattern of more than fifty characters, so the eight of a code are told apart from others. */
const own = "length(reason) = 12 AND reason GLOB 'own_*' AND substr(reason, 5) NOT GLOB '*[^0-9a-f]*'"

const typed = `reason NOT IN (${codes}) AND NOT (${own})`

/**
 * Statements by which decisions of some comments, and acts on many that these were a part of, lose the reasons that
 * somebody typed: they may quote the comment.
 *
 * @param but the id of a decision that keeps its reason
 */
export const forgettingReasons = (
  db: D1Database,
  comments: Condition,
  but: string | null = null,
): D1PreparedStatement[] => [
  sql(
    db,
    `UPDATE decisions SET reason = NULL WHERE comment_seq IN (${comments.text}) AND id IS NOT ? AND ${typed}`,
    ...comments.values,
    but,
  ),
  forgettingReasonsOfActs(db, comments),
]

/** A statement by which acts on many that some comments were a part of lose such reasons. */
export const forgettingReasonsOfActs = (db: D1Database, { text, values }: Condition): D1PreparedStatement =>
  sql(
    db,
    `UPDATE bulk_acts SET reason = NULL WHERE ${typed} AND id IN (
       SELECT e.details ->> 'bulkId' FROM comments c CROSS JOIN events e INDEXED BY events_comment ON e.comment_id = c.id
       WHERE c.seq IN (${text}) AND e.comment_id IS NOT NULL AND e.logged > 0)`,
    ...values,
  )

const forgotten = `body_hash = '', audited = CASE WHEN status = 'pending' THEN NULL ELSE audited END,`

/**
 * The statements by which comments lose their words, names and addresses for good, and what moderators wrote about
 * them; their rows and decisions stay. Where they came from today is known until the day ends, so that nobody gets away
 * from a ban by withdrawing.
 */
export function erasing(db: D1Database, { comments, refused, wholly, at }: Erased): D1PreparedStatement[] {
  const { text, values } = comments
  return [
    sql(
      db,
      `UPDATE tallies SET bytes = tallies.bytes - o.bytes
       FROM (SELECT c.site_id, sum(${sizeOf('c')} - ${erasedSize}) AS bytes FROM comments c
         WHERE c.seq IN (${text}) GROUP BY c.site_id) o
       WHERE tallies.site_id = o.site_id`,
      ...values,
    ),
    scrubbing(db, at, { text: `EXISTS (${text})`, values }),
    ...['revisions', 'linked_hosts'].map((table) =>
      sql(db, `DELETE FROM ${table} WHERE comment_seq IN (${text})`, ...values),
    ),
    ...forgettingReasons(db, comments),
    sql(
      db,
      `UPDATE comments SET erased = 1, appeal = CASE WHEN appeal IS NULL THEN NULL ELSE '' END, appeal_answer = NULL, name = '',
         email = NULL, url = NULL, address = iif(address >= ?, address, NULL), body = '', content = '[]', page_url = '', page_title = '',
         request_hash = '', ${refused ? '' : forgotten} findings = '[]', dead_letter = 0,
         verdict = coalesce(verdict, 'hold'), facts = NULL, signature = NULL
       WHERE seq IN (${text})`,
      // Every hash of a network comes before this letter.
      wholly ? 'z' : datedHash('', at),
      ...values,
    ),
  ]
}
