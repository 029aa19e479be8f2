import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import { mostPinned } from '../contract/countLimits.ts'
import type { CommentPinned } from '../contract/events.ts'
import { batch, changed, first, sql } from './database.ts'
import type { Actor } from './decidedComments.ts'
import { recordEvent } from './events.ts'

/** A comment as pinning asks for it. */
export interface Pinnable {
  seq: number
  id: string
  siteId: string
  threadId: number
  root: number
  shown: number
  pinned: number
}

export async function find(db: D1Database, id: string): Promise<Pinnable | null> {
  return first<Pinnable>(
    sql(
      db,
      `SELECT seq, id, site_id AS siteId, thread_id AS threadId, root_seq IS NULL AS root,
         shown_revision IS NOT NULL AS shown, pinned_at IS NOT NULL AS pinned
       FROM comments WHERE id = ? AND erased = 0`,
      id,
    ),
  )
}

/**
 * The pins, in a query, that a thread which goes into another loses, since that has its own: the earliest of them. Each has
 * the comment's `id`, its author's `name`, and since when it was pinned (`at`).
 *
 * @param from SQL of the thread that goes, and of the one it goes into
 */
export const pinsLost = (from: string, into: string) => `
  SELECT p.id, p.name, p.at FROM (
    SELECT c.id, c.name, c.pinned_at AS at, row_number() OVER (ORDER BY c.pinned_at DESC, c.seq DESC) AS place
    FROM comments c INDEXED BY comments_pinned WHERE c.thread_id = ${from} AND c.pinned_at IS NOT NULL) p
  WHERE p.place > ${mostPinned} - (SELECT count(*) FROM comments INDEXED BY comments_pinned
    WHERE thread_id = ${into} AND pinned_at IS NOT NULL)`

/** Takes the pins that a move loses, as it noted them. */
export const losePins = (db: D1Database, moveId: string): D1PreparedStatement =>
  sql(
    db,
    `UPDATE comments SET pinned_at = NULL WHERE id IN (
       SELECT k.value ->> 'id' FROM thread_moves m CROSS JOIN json_each(m.former, '$.pins') k WHERE m.id = ?)`,
    moveId,
  )

/** Gives comments that went back their pins again, as far as the thread has room for them. */
export const regainPins = (
  db: D1Database,
  { moveId, threadId }: { moveId: string; threadId: number },
): D1PreparedStatement =>
  sql(
    db,
    `UPDATE comments AS c SET pinned_at = k.value ->> 'at'
     FROM thread_moves m CROSS JOIN json_each(m.former, '$.pins') k
     WHERE m.id = ?1 AND c.id = k.value ->> 'id' AND c.thread_id = ?2 AND c.pinned_at IS NULL
       AND c.root_seq IS NULL AND c.shown_revision IS NOT NULL
       AND k.key + (SELECT count(*) FROM comments INDEXED BY comments_pinned
         WHERE thread_id = ?2 AND pinned_at IS NOT NULL) < ?3`,
    ...[moveId, threadId, mostPinned],
  )

/**
 * Pins a shown root comment or unpins it. Nothing is written where it is so already, or where its
 * thread has its pins. A comment that readers see no more loses its pin for good.
 *
 * @returns what happened, or null when nothing did
 */
export async function set(
  db: D1Database,
  { seq, id, siteId, threadId }: Pinnable,
  pinned: boolean,
  { actor, at }: { actor: Actor; at: number },
): Promise<CommentPinned | null> {
  const act = pinned ? 'comment.pin' : 'comment.unpin'
  const event: CommentPinned = { act, at, actor, siteId, commentId: id, threadId }
  const [written] = await batch(db, [
    pinned
      ? sql(
          db,
          `UPDATE comments SET pinned_at = ?1
           WHERE seq = ?2 AND pinned_at IS NULL AND root_seq IS NULL AND shown_revision IS NOT NULL
             AND (SELECT count(*) FROM comments INDEXED BY comments_pinned
               WHERE thread_id = ?3 AND pinned_at IS NOT NULL) < ?4`,
          at,
          seq,
          threadId,
          mostPinned,
        )
      : sql(db, 'UPDATE comments SET pinned_at = NULL WHERE seq = ? AND pinned_at IS NOT NULL', seq),
    recordEvent(db, event, changed),
    sql(db, 'UPDATE threads SET version = version + 1 WHERE id = ? AND changes() = 1', threadId),
    sql(db, 'UPDATE tallies SET version = version + 1 WHERE site_id = ? AND changes() = 1', siteId),
  ])
  return written?.meta.changes === 1 ? event : null
}
