import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { CommentsExpired } from '../contract/events.ts'
import type { Status } from '../contract/status.ts'
import { batch, type Condition, sql } from './database.ts'
import { screening } from './decidedComments.ts'
import { erasing, forgettingReasonsOfActs } from './erasure.ts'
import { recordEvent } from './events.ts'
import type { Old, Places } from './expiry.ts'
import { scrubbing } from './scrubbing.ts'
import { ofComment } from './siteRemoval.ts'

/** What a look at a site found, and when it goes on. */
export interface Look {
  removed: Old[]
  erased: Old[]
  /** Milliseconds since the epoch. */
  at: number
  next: { at: number; places: Places }
}

/**
 * Removes comments for good with all that belongs to them, and takes the words of others, while they are still as they
 * were found. Authors and threads that have no comment then go too, unless staff did something about them. What
 * the learner knows of them stays.
 */
export async function expire(
  db: D1Database,
  siteId: string,
  { removed, erased, at, next }: Look,
): Promise<void> {
  const event = (count: number): CommentsExpired => ({
    ...{ act: 'comments.expire', at, actor: screening, siteId, count },
  })
  await batch(db, [
    ...(erased.length > 0
      ? [...taking(db, siteId, erased, at), recordEvent(db, event(erased.length), some)]
      : []),
    ...(removed.length > 0 ? removing(db, siteId, removed, event(removed.length)) : []),
    sql(
      db,
      'UPDATE tallies SET expiry_at = ?, expiry_places = ? WHERE site_id = ?',
      next.at,
      JSON.stringify(next.places),
      siteId,
    ),
  ])
}

/** Holds right after a statement that changed rows. */
const some: Condition = { text: 'changes() > 0', values: [] }

/** Some numbers, as a list in a statement whose first value they are: so a statement reads no row for them. */
const listOf = (numbers: number[]) => `(${numbers.map((_, at) => `?1 ->> ${at}`)})`

/** Those of some comments that nobody has decided since. */
const asFound = (comments: Old[]): Condition => ({
  text: `SELECT c.seq FROM json_each(?) o CROSS JOIN comments c ON c.seq = o.value ->> 0
    WHERE c.decision_id IS o.value ->> 1`,
  values: [JSON.stringify(comments.map(({ seq, decisionId }) => [seq, decisionId]))],
})

function taking(db: D1Database, siteId: string, comments: Old[], at: number): D1PreparedStatement[] {
  const { text, values } = asFound(comments)
  return [
    sql(db, `DELETE FROM flags WHERE comment_seq IN (${text})`, ...values),
    sql(
      db,
      `UPDATE comments SET flags = 0, open_flags = 0, last_flag_at = NULL, flag_reasons = 0
       WHERE open_flags > 0 AND seq IN (${text})`,
      ...values,
    ),
    ...(reported(comments) > 0
      ? [
          sql(
            db,
            `UPDATE tallies SET reported = reported - ? WHERE site_id = ? AND ${some.text}`,
            reported(comments),
            siteId,
          ),
        ]
      : []),
    ...erasing(db, { comments: { text, values }, refused: false, at }),
  ]
}

/** How many of some comments have flags that nobody answered. */
const reported = (comments: Old[]) => comments.filter((one) => one.reported).length

/** All of them go, or none where one was decided since. What is counted goes right after them, so that it counts once. */
function removing(
  db: D1Database,
  siteId: string,
  comments: Old[],
  event: CommentsExpired,
): D1PreparedStatement[] {
  const seqs = comments.map(({ seq }) => seq)
  const found = asFound(comments)
  const having = (status: Status) => comments.filter((one) => one.status === status).length
  return [
    scrubbing(db, event.at, { text: 'TRUE', values: [] }),
    sql(db, 'PRAGMA defer_foreign_keys = on'),
    forgettingReasonsOfActs(db, found),
    sql(
      db,
      `DELETE FROM comments WHERE seq IN ${listOf(seqs)} AND (SELECT count(*) FROM (${found.text})) = ?`,
      JSON.stringify(seqs),
      ...found.values,
      seqs.length,
    ),
    recordEvent(db, event, some),
    sql(
      db,
      `UPDATE tallies SET total = total - ?, held = held - ?, spam = spam - ?, reported = reported - ?,
         bytes = bytes - ?, version = version + 1
       WHERE site_id = ? AND ${some.text}`,
      comments.length,
      having('pending'),
      having('spam'),
      reported(comments),
      comments.reduce((sum, one) => sum + one.bytes, 0),
      siteId,
    ),
    recounting(db, comments),
    ...ofComment.map((table) =>
      sql(
        db,
        `DELETE FROM ${table} WHERE comment_seq IN ${listOf(seqs)}
           AND NOT EXISTS (SELECT 1 FROM comments WHERE seq = comment_seq)`,
        JSON.stringify(seqs),
      ),
    ),
    ...removingAuthors(db, distinct(comments, 'author')),
    removingThreads(db, distinct(comments, 'thread')),
  ]
}

const distinct = (comments: Old[], name: 'author' | 'thread') => [
  ...new Set(comments.map((one) => one[name])),
]

/** Takes comments off their authors' records. */
const recounting = (db: D1Database, comments: Old[]) =>
  sql(
    db,
    `UPDATE authors AS a SET rejected = a.rejected - o.rejected, spam = a.spam - o.spam
     FROM (SELECT value ->> 'author' AS author, sum(value ->> 'counted' = 'rejected') AS rejected,
         sum(value ->> 'counted' = 'spam') AS spam FROM json_each(?)
       GROUP BY 1) o
     WHERE a.id = o.author AND ${some.text}`,
    JSON.stringify(comments.map(({ author, counted }) => ({ author, counted }))),
  )

/** Removes those of some authors who have no comment, with the words of their flags, unless staff knows them. */
export function removingAuthors(db: D1Database, ids: number[]): D1PreparedStatement[] {
  const silent = `id IN ${listOf(ids)}
    AND NOT EXISTS (SELECT 1 FROM comments INDEXED BY comments_author WHERE author_id = authors.id)`
  if (ids.length === 0) return []
  return [
    sql(
      db,
      `UPDATE flags INDEXED BY flags_noted SET note = ''
       WHERE note <> '' AND reader IN (SELECT token_hash FROM authors WHERE ${silent})`,
      JSON.stringify(ids),
    ),
    // The last author stays: the next one would get their number.
    sql(
      db,
      `DELETE FROM authors WHERE ${silent} AND badge IS NULL AND id < (SELECT max(id) FROM authors)
         AND NOT EXISTS (SELECT 1 FROM bans
           WHERE site_id = authors.site_id AND kind = 'author' AND value = authors.public_id AND ended_at IS NULL)`,
      JSON.stringify(ids),
    ),
  ]
}

/** Removes those of some threads that have no comment, unless readers or staff know them. */
const removingThreads = (db: D1Database, ids: number[]) =>
  sql(
    db,
    `DELETE FROM threads WHERE id IN ${listOf(ids)} AND version = 1
       AND closed_at IS NULL AND checked = 0 AND given_title IS NULL AND close_after IS NULL AND slow_seconds = 0
       AND NOT EXISTS (SELECT 1 FROM comments INDEXED BY comments_thread WHERE thread_id = threads.id)`,
    JSON.stringify(ids),
  )
