import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { ThreadMoved } from '../contract/threadEvents.ts'
import { batch, sql } from './database.ts'
import { recordEvent } from './events.ts'
import { losePins } from './pins.ts'
import { bringing, bringingBack, type Slice, type Slicing } from './threadMoveSlices.ts'
import { adding, merged, type NewThreadMove, stands, type ThreadMoveRow } from './threadMoves.ts'

/** What is written with a move or its undo, besides. */
interface Along {
  event: ThreadMoved
  isSearched: boolean
  /** The first of its comments, where it goes into another thread. */
  slice: Slice
}

/**
 * Has a thread answer under another key, and under its old one as before. Where there is another thread, it goes into that
 * one: its key at once, and of its comments the first slice.
 *
 * @throws Error of a constraint where a thread is not as it was found: then nothing is written
 */
export async function begin(db: D1Database, move: NewThreadMove, along: Along): Promise<void> {
  const { intoId } = move
  await batch(db, [
    adding(db, move),
    ...(intoId === null ? giving(db, move) : joining(db, { ...move, intoId }, along)),
    ...telling(db, along.event),
  ])
}

/**
 * Begins to take a move back. A thread that had the key to itself has its old one at once; one that went into another has
 * its keys back at once, and its comments slice by slice.
 *
 * @throws Error of a constraint where it does not stand any more: then nothing is written
 */
export async function beginUndo(db: D1Database, move: ThreadMoveRow, along: Along): Promise<void> {
  const { id, intoId, threadId } = move
  const { at } = along.event
  await batch(db, [
    sql(
      db,
      `UPDATE thread_moves AS m SET worked_at = ?2, standing = slices,
         state = iif(state IN ('working', 'done') AND ${stands}, iif(into_id IS NULL, 'undone', 'undoing'), NULL)
       WHERE id = ?1`,
      id,
      at,
    ),
    ...(intoId === null
      ? givingBack(db, move, at)
      : [
          ...parting(db, { ...move, intoId }),
          ...bringingBack(db, slicing({ id, threadId, intoId }, move.slices, along), along.slice),
        ]),
    ...telling(db, along.event),
  ])
}

const slicing = (
  { id, threadId, intoId }: { id: string; threadId: number; intoId: number },
  number: number,
  { event, isSearched }: Along,
): Slicing => ({ moveId: id, number, threadId, intoId, at: event.at, isSearched })

const telling = (db: D1Database, event: ThreadMoved): D1PreparedStatement[] => [
  sql(db, 'UPDATE tallies SET version = version + 1 WHERE site_id = ?', event.siteId),
  recordEvent(db, event),
]

/** Gives a thread a key that nothing has, or that leads to it already. */
const giving = (db: D1Database, { siteId, from, to, threadId, madeAt }: NewThreadMove) => [
  ...exchanging(db, { siteId, from, to, threadId }, 'outdated = 0, '),
  sql(
    db,
    `INSERT INTO threads (site_id, key, created_at, moved_to) SELECT ?1, ?2, ?3, ?4
     WHERE NOT EXISTS (SELECT 1 FROM threads WHERE site_id = ?1 AND key = ?2)`,
    ...[siteId, from, madeAt, threadId],
  ),
]

/**
 * Gives a thread another key, which only leads to it, if anything. Where a thread that went into it stands under that
 * key, it takes the one that becomes free: so it is there when its own move is undone.
 */
function exchanging(
  db: D1Database,
  { siteId, from, to, threadId }: Pick<NewThreadMove, 'siteId' | 'from' | 'to' | 'threadId'>,
  besides = '',
): D1PreparedStatement[] {
  const aside = `\0${threadId}`
  return [
    sql(
      db,
      `UPDATE threads AS t SET key = ? WHERE site_id = ? AND key = ? AND moved_to = ?
         AND EXISTS (SELECT 1 FROM thread_moves m INDEXED BY thread_moves_site WHERE m.site_id = t.site_id AND m.thread_id = t.id)`,
      ...[aside, siteId, to, threadId],
    ),
    sql(db, 'DELETE FROM threads WHERE site_id = ? AND key = ? AND moved_to = ?', siteId, to, threadId),
    sql(db, `UPDATE threads SET ${besides}key = ?, version = version + 1 WHERE id = ?`, to, threadId),
    sql(db, 'UPDATE threads SET key = ? WHERE site_id = ? AND key = ?', from, siteId, aside),
  ]
}

const givingBack = (db: D1Database, { id, siteId, from, to, threadId }: ThreadMoveRow, at: number) => [
  ...exchanging(db, { siteId, from: to, to: from, threadId }),
  // It led there before.
  sql(
    db,
    `INSERT OR IGNORE INTO threads (site_id, key, created_at, moved_to) SELECT ?2, ?3, ?4, ?5
     FROM thread_moves m CROSS JOIN json_each(m.former, '$.keys') k ON k.value = m.to_key WHERE m.id = ?1`,
    ...[id, siteId, to, at, threadId],
  ),
  // Whoever followed the thread since goes on following it.
  sql(
    db,
    `UPDATE OR IGNORE subscriptions SET thread_key = ?3 WHERE site_id = ?1 AND thread_key = ?2 AND kind = 'thread'`,
    ...[siteId, to, from],
  ),
]

type Merge<Move> = Move & { intoId: number }

/**
 * Has the keys of a thread lead to the one that it goes into, which takes over what staff set. The version of either is
 * above all that readers of both have, so that nobody takes the other thread for what they know.
 */
const joining = (db: D1Database, move: Merge<NewThreadMove>, along: Along) => [
  sql(
    db,
    `UPDATE threads AS i SET version = max(i.version, f.version) + 1,
       ${Object.entries(merged).map(([column, fold]) => `${column} = ${fold(`i.${column}`, `f.${column}`)}`)}
     FROM threads f WHERE i.id = ?2 AND f.id = ?1`,
    move.threadId,
    move.intoId,
  ),
  sql(
    db,
    'UPDATE threads SET moved_to = ?2, outdated = 0 WHERE id = ?1 OR moved_to = ?1',
    ...[move.threadId, move.intoId],
  ),
  losePins(db, move.id),
  ...bringing(db, slicing(move, 1, along), along.slice),
]

const parting = (db: D1Database, { id, siteId, threadId, intoId }: Merge<ThreadMoveRow>) => [
  sql(
    db,
    `UPDATE threads AS f SET moved_to = NULL, version = max(f.version, i.version) + 1
     FROM threads i WHERE f.id = ?1 AND i.id = ?2`,
    threadId,
    intoId,
  ),
  sql(
    db,
    `UPDATE threads SET moved_to = ?3 WHERE site_id = ?2 AND moved_to = ?4 AND key IN (
       SELECT k.value FROM thread_moves m CROSS JOIN json_each(m.former, '$.keys') k WHERE m.id = ?1)`,
    ...[id, siteId, threadId, intoId],
  ),
  // What staff set since stays.
  sql(
    db,
    `UPDATE threads AS i SET version = i.version + 1, ${Object.entries(merged).map(
      ([column, fold]) =>
        `${column} = iif(i.${column} IS ${fold(`m.former ->> '$.settings.${column}'`, `f.${column}`)},
         m.former ->> '$.settings.${column}', i.${column})`,
    )}
     FROM thread_moves m CROSS JOIN threads f ON f.id = m.thread_id WHERE m.id = ?1 AND i.id = ?2`,
    id,
    intoId,
  ),
]
