import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import { all, batch, sql } from './database.ts'
import { countedFor } from './decidedComments.ts'
import { removingAuthors } from './expiryEffects.ts'
import { deleting, emptying, listed, type Removable, uncounting } from './importRemovalEffects.ts'
import { sizeOf } from './sizes.ts'
import { naming } from './threadTitles.ts'

/** Comments of an import, the latest first: so answers come before what they answer. */
export const ofImport = (db: D1Database, number: number, limit: number): Promise<Removable[]> =>
  all(
    sql(
      db,
      `SELECT c.seq, c.thread_id AS thread, c.author_id AS author, c.parent_seq AS parentSeq, c.root_seq AS rootSeq, c.status, c.decision_id AS decisionId,
         ${countedFor('d', 'c.status')} AS counted, ${sizeOf('c')} AS bytes, c.shown_revision IS NOT NULL AS shown,
         c.status = 'approved' AND c.flags > 0 AS flagged, c.open_flags > 0 AS reported,
         c.appeal_state IS 'open' AS appealed, c.judged = 1 AND c.status = 'approved' AS vouched,
         c.judged = 1 OR c.decided_before = 1 AS taught,
         c.seq = (SELECT max(seq) FROM comments) AS last,
         EXISTS (SELECT 1 FROM erasures e WHERE e.author_id = c.author_id) AS forgotten,
         EXISTS (SELECT 1 FROM comments a INDEXED BY comments_parent
           WHERE a.parent_seq = c.seq AND a.import_number IS NOT c.import_number) AS answered
       FROM comments c INDEXED BY comments_imported LEFT JOIN decisions d ON d.id = c.decision_id
       WHERE c.import_number = ? ORDER BY c.seq DESC LIMIT ?`,
      number,
      limit,
    ),
  )

export interface Removal {
  siteId: string
  number: number
  /** When the import began: what it closed was closed then. */
  beganAt: number
  /** Those that go, and those that stay without words. */
  removed: Removable[]
  emptied: Removable[]
  /** Milliseconds since the epoch. */
  at: number
}

/**
 * Removes comments of an import with all that belongs to them, and takes the words of those that stay, in one transaction.
 *
 * @throws Error of a constraint where one of them is gone by now or the import is in another state: then nothing is
 * removed, and all is to be read again
 */
export async function remove(db: D1Database, removal: Removal): Promise<void> {
  const { siteId, number, removed, emptied, at } = removal
  const both = [...removed, ...emptied]
  await batch(db, [
    guarding(db, removal),
    ...uncounting(db, siteId, both),
    ...(emptied.length > 0 ? emptying(db, emptied, at) : []),
    ...(removed.length > 0 ? deleting(db, siteId, removed, at) : []),
    ...forgetting(db, siteId, both, at),
    ...removingAuthors(db, distinct(removed, 'author')),
    ...removingThreads(db, removal, distinct(both, 'thread')),
    naming(db, {
      text: 'id IN (SELECT value FROM json_each(?))',
      values: [JSON.stringify(distinct(both, 'thread'))],
    }),
    sql(db, 'UPDATE imports SET removed = removed + ? WHERE number = ?', both.length, number),
  ])
}

const distinct = (comments: Removable[], name: 'author' | 'thread') => [
  ...new Set(comments.map((one) => one[name])),
]

/** Fails as a whole where the import is taken back no more, or a comment of it is gone or was decided since. */
function guarding(db: D1Database, { number, removed, emptied, at }: Removal): D1PreparedStatement {
  const all = [...removed, ...emptied]
  const found = all.map(({ seq, status, decisionId }) => [seq, status, decisionId])
  return sql(
    db,
    `UPDATE imports SET worked_at = ?2, state = iif(state = 'undoing' AND ?4 = (
         SELECT count(*) FROM json_each(?3) j CROSS JOIN comments c ON c.seq = j.value ->> 0
           WHERE c.import_number = ?1 AND c.status = j.value ->> 1 AND c.decision_id IS j.value ->> 2), state, NULL)
     WHERE number = ?1`,
    ...[number, at, JSON.stringify(found), all.length],
  )
}

/** Has the learner forget what it knows of comments. */
function forgetting(db: D1Database, siteId: string, comments: Removable[], at: number) {
  const taught = comments.filter((one) => one.taught)
  if (taught.length === 0) return []
  return [
    sql(
      db,
      `INSERT INTO untaught (comment_seq, site_id, since) SELECT value, ?2, ?3 FROM json_each(?1) WHERE TRUE
       ON CONFLICT (comment_seq) DO UPDATE SET since = max(excluded.since, since + 1)`,
      ...[listed(taught), siteId, at],
    ),
  ]
}

const unused = `checked = 0 AND given_title IS NULL AND close_after IS NULL AND slow_seconds = 0
  AND moved_to IS NULL AND NOT EXISTS (SELECT 1 FROM threads m INDEXED BY threads_moved WHERE m.moved_to = threads.id)
  AND NOT EXISTS (SELECT 1 FROM comments INDEXED BY comments_thread WHERE thread_id = threads.id)`

/** Opens threads that the import closed, and removes those that it made and nothing else uses. */
const removingThreads = (db: D1Database, { number, beganAt }: Removal, ids: number[]) => [
  sql(
    db,
    `UPDATE threads SET closed_at = NULL, version = version + 1
     WHERE id IN (SELECT value FROM json_each(?)) AND closed_at = ?`,
    ...[JSON.stringify(ids), beganAt],
  ),
  sql(
    db,
    `DELETE FROM threads WHERE id IN (SELECT value FROM json_each(?)) AND import_number = ? AND ${unused}`,
    ...[JSON.stringify(ids), number],
  ),
]

/** Removes some threads that an import made and that have no comment. @returns how many it looked at */
export async function removeThreads(db: D1Database, number: number, limit: number): Promise<number> {
  const found = await all<{ id: number }>(
    sql(
      db,
      'SELECT id FROM threads INDEXED BY threads_imported WHERE import_number = ? LIMIT ?',
      number,
      limit,
    ),
  )
  if (found.length === 0) return 0
  const ids = JSON.stringify(found.map(({ id }) => id))
  await batch(db, [
    sql(db, `DELETE FROM threads WHERE id IN (SELECT value FROM json_each(?)) AND ${unused}`, ids),
    // Another import that has comments there may take the thread along in its turn.
    sql(
      db,
      `UPDATE threads SET import_number = (SELECT import_number FROM comments INDEXED BY comments_thread
         WHERE thread_id = threads.id LIMIT 1) WHERE id IN (SELECT value FROM json_each(?))`,
      ids,
    ),
  ])
  return found.length
}
