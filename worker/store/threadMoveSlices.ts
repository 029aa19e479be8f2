import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import { all, batch, first, over, sql } from './database.ts'
import { regainPins } from './pins.ts'
import { versionOf } from './threads.ts'
import { naming } from './threadTitles.ts'

/** Comments that go from one thread into another in one transaction. */
const perSlice = 200

/** One slice of a move, or of its undo. */
export interface Slicing {
  moveId: string
  /** Slices count from 1. */
  number: number
  /** The thread that moved, and the one that it goes into. */
  threadId: number
  intoId: number
  /** Milliseconds since the epoch. */
  at: number
  /** Whether the full-text index has the site. */
  isSearched: boolean
}

/** A comment that goes into another thread. */
interface Going {
  id: string
  seq: number
  createdAt: number
  /** Of its thread, when readers first saw it there; 0 where they never did. */
  version: number
}

/** What a slice brings. */
export interface Slice {
  comments: Going[]
  /** Whether there may be more of it, and the last comment there was when it was read. */
  isFull: boolean
  last: number
}

const going = 'c.id, c.seq, c.created_at AS createdAt, c.shown_version AS version'

/** The next comments of a thread that goes into another: its pinned ones at once, so that there are never too many. */
export async function nextOf(db: D1Database, threadId: number): Promise<Slice> {
  const comments = await all<Going>(
    sql(
      db,
      `SELECT ${going} FROM comments c INDEXED BY comments_pinned WHERE c.thread_id = ?1 AND c.pinned_at IS NOT NULL
       UNION ALL SELECT ${going} FROM comments c INDEXED BY comments_thread WHERE c.thread_id = ?1 AND c.pinned_at IS NULL
       LIMIT ${perSlice}`,
      threadId,
    ),
  )
  return { comments, isFull: comments.length === perSlice, last: 0 }
}

/**
 * The comments of a slice that are where it brought them, and what came since and answers them: also what answers one
 * that has gone back already.
 */
export async function broughtBy(
  db: D1Database,
  { moveId, number, intoId }: Pick<Slicing, 'moveId' | 'number' | 'intoId'>,
): Promise<Slice> {
  const [comments, last] = await Promise.all([
    all<Going>(
      sql(
        db,
        `WITH RECURSIVE back (seq) AS (
           SELECT c.seq FROM thread_move_slices l CROSS JOIN json_each(l.comments) j CROSS JOIN comments c ON c.id = j.value
             WHERE l.move_id = ?1 AND l.number = ?2
           UNION SELECT c.seq FROM back CROSS JOIN comments c INDEXED BY comments_parent ON c.parent_seq = back.seq
             WHERE c.seq > (SELECT up_to FROM thread_moves WHERE id = ?1))
         SELECT ${going} FROM back CROSS JOIN comments c ON c.seq = back.seq WHERE c.thread_id = ?3 LIMIT ${perSlice}`,
        ...[moveId, number, intoId],
      ),
    ),
    first<{ seq: number }>(sql(db, 'SELECT coalesce(max(seq), 0) AS seq FROM comments')),
  ])
  return { comments, isFull: comments.length === perSlice, last: last?.seq ?? 0 }
}

/** Brings a slice of comments, or brings them back, in one transaction. */
export async function shift(
  db: D1Database,
  slicing: Slicing,
  { slice, isUndo }: { slice: Slice; isUndo: boolean },
): Promise<void> {
  await batch(db, isUndo ? bringingBack(db, slicing, slice) : bringing(db, slicing, slice))
}

/** The statements that bring a slice. They fail as a whole where another job did it, or the move is undone. */
export const bringing = (db: D1Database, slicing: Slicing, { comments }: Slice): D1PreparedStatement[] => {
  const { moveId, number, threadId, intoId, at } = slicing
  return [
    sql(
      db,
      `INSERT INTO thread_move_slices (move_id, number, site_id, comments)
       SELECT iif(state = 'working' AND slices = ?2 - 1, id, NULL), ?2, site_id, ?3 FROM thread_moves WHERE id = ?1`,
      ...[moveId, number, JSON.stringify(comments.map(({ id }) => id))],
    ),
    ...shifting(db, { comments, from: threadId, to: intoId, slicing }),
    sql(
      db,
      `UPDATE thread_moves SET slices = ?2, worked_at = ?3, moved = moved + ?5,
         state = iif(EXISTS (SELECT 1 FROM comments INDEXED BY comments_thread WHERE thread_id = ?4), state, 'done')
       WHERE id = ?1`,
      ...[moveId, number, at, threadId, comments.length],
    ),
  ]
}

/**
 * The statements that bring a slice back. It stands until nothing is left of it, and nothing came since it was read. They
 * fail as a whole where another job did it.
 */
export const bringingBack = (
  db: D1Database,
  slicing: Slicing,
  { comments, isFull, last }: Slice,
): D1PreparedStatement[] => {
  const { moveId, number, threadId, intoId, at } = slicing
  const isOver = isFull ? 'FALSE' : 'NOT EXISTS (SELECT 1 FROM comments WHERE seq > ?3 AND thread_id = ?4)'
  return [
    sql(
      db,
      `UPDATE thread_moves SET worked_at = iif(state = 'undoing' AND standing = ?2, ?3, NULL) WHERE id = ?1`,
      ...[moveId, number, at],
    ),
    ...shifting(db, { comments, from: intoId, to: threadId, slicing }),
    regainPins(db, { moveId, threadId }),
    sql(
      db,
      `UPDATE thread_moves SET restored = restored + ?2, standing = standing - (${isOver}),
         state = iif(standing <= 1 AND ${isOver}, 'undone', state)
       WHERE id = ?1 AND ?3 >= 0 AND ?4 > 0`,
      ...[moveId, comments.length, last, intoId],
    ),
  ]
}

interface Shift {
  comments: Going[]
  from: number
  to: number
  slicing: Slicing
}

/**
 * The statements by which comments go from one thread into another, as far as they are in it: each is shown there as a
 * change of its own, in the order in which they came to be shown.
 */
function shifting(db: D1Database, { comments, from, to, slicing }: Shift): D1PreparedStatement[] {
  if (comments.length === 0) return []
  const known = comments.filter(({ version }) => version > 0)
  known.sort((one, other) => one.version - other.version || one.seq - other.seq)
  const turns = new Map(known.map(({ seq }, at) => [seq, known.length - 1 - at]))
  const rows = comments.map(({ seq }) => ({ seq, later: turns.get(seq) ?? 0 }))
  return [
    over(
      db,
      comments.map(({ seq }) => ({ seq })),
      `UPDATE threads AS t SET version = t.version + ?4, count = t.count + iif(t.id = ?2, n.shown, -n.shown)
       FROM (SELECT count(c.shown_revision) AS shown FROM x CROSS JOIN comments c ON c.seq = x.seq WHERE c.thread_id = ?3) n
       WHERE t.id IN (?2, ?3)`,
      ...[to, from, known.length + 1],
    ),
    over(
      db,
      rows,
      `UPDATE comments AS c SET thread_id = ?2,
         shown_version = iif(c.shown_version > 0, (SELECT ${versionOf('t')} FROM threads t WHERE t.id = ?2) - x.later, 0)
       FROM x WHERE c.seq = x.seq AND c.thread_id = ?3`,
      ...[to, from],
    ),
    ...(slicing.isSearched
      ? [
          over(
            db,
            comments.map(({ seq, createdAt }) => ({ seq, day: Math.floor(createdAt / 86_400_000) })),
            'INSERT INTO unindexed (seq, day) SELECT x.seq, x.day FROM x',
          ),
        ]
      : []),
    naming(db, { text: 'id IN (?, ?)', values: [to, from] }),
  ]
}
