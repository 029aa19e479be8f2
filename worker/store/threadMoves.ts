import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { ActorKind } from '../contract/decisions.ts'
import type { ThreadMoveState } from '../contract/threadMoves.ts'
import { all, first, sql } from './database.ts'
import type { Actor } from './decidedComments.ts'
import { pinsLost } from './pins.ts'
import { isWhole } from './restores.ts'
import { threadAt } from './threads.ts'

/** A thread's way to another key. */
export interface ThreadMoveRow {
  id: string
  siteId: string
  from: string
  to: string
  /** The thread that moved, and the one that it goes into; null where there was none. */
  threadId: number
  intoId: number | null
  actor: Actor
  /** Milliseconds since the epoch. */
  madeAt: number
  state: ThreadMoveState
  slices: number
  moved: number
  /** Slices that stand yet while it is undone, and comments that went back. */
  standing: number
  restored: number
  /** 1 while nothing came after it that has to be undone before. */
  stands: number
}

type Stored = Omit<ThreadMoveRow, 'actor'> & { kind: ActorKind; actorId: string; name: string }

/** Whether a move `m` is as it was left, in a query: neither thread moved on, or back. */
export const stands = `CASE WHEN m.into_id IS NULL
  THEN EXISTS (SELECT 1 FROM threads WHERE id = m.thread_id AND key = m.to_key AND moved_to IS NULL)
  ELSE EXISTS (SELECT 1 FROM threads f CROSS JOIN threads i ON i.id = f.moved_to
    WHERE f.id = m.thread_id AND f.key = m.from_key AND f.moved_to = m.into_id AND i.moved_to IS NULL) END`

const columns = `m.id, m.site_id AS siteId, m.from_key AS "from", m.to_key AS "to", m.thread_id AS threadId,
  m.into_id AS intoId, m.actor_kind AS kind, m.actor_id AS actorId, m.actor_name AS name, m.made_at AS madeAt,
  m.state, m.slices, m.moved, m.standing, m.restored, ${stands} AS stands`

const rowOf = ({ kind, actorId, name, ...row }: Stored): ThreadMoveRow => ({
  ...row,
  actor: { kind, id: actorId, name },
})

/** A move by its id. */
export async function find(db: D1Database, id: string): Promise<ThreadMoveRow | null> {
  const row = await first<Stored>(sql(db, `SELECT ${columns} FROM thread_moves m WHERE m.id = ?`, id))
  return row && rowOf(row)
}

/** The latest moves of a site, the last first. */
export const latest = async (db: D1Database, siteId: string, limit: number): Promise<ThreadMoveRow[]> =>
  (
    await all<Stored>(
      sql(
        db,
        `SELECT ${columns} FROM thread_moves m INDEXED BY thread_moves_site
         WHERE m.site_id = ? ORDER BY m.made_at DESC, m.id LIMIT ?`,
        siteId,
        limit,
      ),
    )
  ).map(rowOf)

/** A thread as whoever moves it finds it. */
export interface Movable {
  /** The key that was asked for, and that of the thread which answers under it. */
  asked: string
  key: string
  id: number
  title: string
  /** Comments that readers see. */
  count: number
}

/** The threads that answer under some keys of a site. */
export const threadsAt = (db: D1Database, siteId: string, keys: string[]): Promise<Movable[]> =>
  all(
    sql(
      db,
      `SELECT j.value AS asked, t.key, t.id, t.count,
         coalesce(t.given_title, nullif(t.title, ''), '') AS title
       FROM json_each(?) j CROSS JOIN threads t ON t.id = ${threadAt('?', 'j.value')}`,
      JSON.stringify([...new Set(keys)]),
      siteId,
    ),
  )

/** A pinned comment that loses its pin where its thread goes into another. */
export interface PinLost {
  id: string
  /** Its author's name. */
  name: string
}

/** The pins that are lost where threads go into others: of each pair, in their order. */
export async function pinsLostBy(
  db: D1Database,
  pairs: { from: number; into: number }[],
): Promise<PinLost[][]> {
  if (pairs.length === 0) return []
  const found = await all<PinLost & { place: number }>(
    sql(
      db,
      `SELECT j.key AS place, l.id, l.name FROM json_each(?) j
       CROSS JOIN (SELECT 1) CROSS JOIN comments l ON l.id IN (
         SELECT id FROM (${pinsLost("(j.value ->> 'from')", "(j.value ->> 'into')")}))`,
      JSON.stringify(pairs),
    ),
  )
  return pairs.map((_, at) => found.filter(({ place }) => place === at).map(({ id, name }) => ({ id, name })))
}

/**
 * Moves at work that nobody has worked at since a time; they are taken as worked at now. Those of a site that is being put back
 * wait until its comments are there.
 */
export const takeOverdue = (
  db: D1Database,
  { now, before }: { now: number; before: number },
): Promise<{ id: string; siteId: string }[]> =>
  all(
    sql(
      db,
      `UPDATE thread_moves SET worked_at = ? WHERE id IN (
         SELECT id FROM thread_moves INDEXED BY thread_moves_open
         WHERE state IN ('working', 'undoing') AND worked_at < ? AND ${isWhole('thread_moves.site_id')}
         LIMIT 20) RETURNING id, site_id AS siteId`,
      now,
      before,
    ),
  )

/** What a thread is set to that one which it goes into takes over: each column, and what is made of both. */
export const merged = {
  closed_at: (own: string, other: string) => `coalesce(${own}, ${other})`,
  checked: (own: string, other: string) => `max(${own}, ${other})`,
  given_title: (own: string, other: string) => `coalesce(${own}, ${other})`,
  close_after: (own: string, other: string) => `coalesce(${own}, ${other})`,
  slow_seconds: (own: string, other: string) => `max(${own}, ${other})`,
}

/** A move that is about to begin. */
export type NewThreadMove = Pick<
  ThreadMoveRow,
  'id' | 'siteId' | 'from' | 'to' | 'threadId' | 'intoId' | 'actor' | 'madeAt'
>

/**
 * A statement that keeps a move which begins. With it fails the transaction where a thread is not as it was found, where
 * either is still being moved, or where the id is taken.
 */
export function adding(db: D1Database, move: NewThreadMove): D1PreparedStatement {
  const { id, siteId, from, to, threadId, intoId, actor, madeAt } = move
  const settings = Object.keys(merged).map((column) => `'${column}', ${column}`)
  return sql(
    db,
    `INSERT INTO thread_moves (id, site_id, from_key, to_key, thread_id, into_id, actor_kind, actor_id, actor_name,
       made_at, worked_at, former, up_to, state)
     SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10,
       json_object('keys', json((SELECT json_group_array(key) FROM threads INDEXED BY threads_moved WHERE moved_to = ?5)),
         'settings', json((SELECT json_object(${settings}) FROM threads WHERE id = ?6)),
         'pins', json((SELECT json_group_array(json_object('id', id, 'at', at)) FROM (${pinsLost('?5', '?6')})
           WHERE ?6 IS NOT NULL))),
       (SELECT coalesce(max(seq), 0) FROM comments),
       iif(EXISTS (SELECT 1 FROM threads WHERE id = ?5 AND site_id = ?2 AND key = ?3 AND moved_to IS NULL)
         AND iif(?6 IS NULL, NOT EXISTS (SELECT 1 FROM threads WHERE site_id = ?2 AND key = ?4 AND moved_to IS NOT ?5),
           EXISTS (SELECT 1 FROM threads WHERE id = ?6 AND site_id = ?2 AND key = ?4 AND moved_to IS NULL))
         AND NOT EXISTS (SELECT 1 FROM thread_moves INDEXED BY thread_moves_open
           WHERE state IN ('working', 'undoing') AND (thread_id IN (?5, ?6) OR into_id IN (?5, ?6))),
         iif(?6 IS NULL, 'done', 'working'), NULL)`,
    ...[id, siteId, from, to, threadId, intoId, actor.kind, actor.id, actor.name, madeAt],
  )
}
