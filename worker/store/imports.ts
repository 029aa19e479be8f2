import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { ImportEvent } from '../contract/importEvents.ts'
import type { ImportState } from '../contract/imports.ts'
import { all, batch, changed, first, sql } from './database.ts'
import type { Actor } from './decidedComments.ts'
import { recordEvent } from './events.ts'
import { isWhole } from './restores.ts'

/** An import as it is kept. */
export interface ImportRow {
  number: number
  id: string
  siteId: string
  format: string
  file: string
  actorName: string
  /** Milliseconds since the epoch. */
  beganAt: number
  state: ImportState
  total: number
  added: number
  known: number
  removed: number
  lessons: number
  /** JSON: how many by reason. */
  leftOut: string
  errors: number
}

const columns = `number, id, site_id AS siteId, format, file, actor_name AS actorName, began_at AS beganAt, state, total,
  added, known, removed, lessons, left_out AS leftOut, errors`

/** An import by its id. */
export const find = (db: D1Database, id: string): Promise<ImportRow | null> =>
  first(sql(db, `SELECT ${columns} FROM imports WHERE id = ?`, id))

/** Imports of some sites, or (null) of all, before one, the latest first. */
export const list = (
  db: D1Database,
  siteIds: string[] | null,
  { before, limit }: { before: number | null; limit: number },
): Promise<ImportRow[]> =>
  all(
    sql(
      db,
      `SELECT ${columns} FROM imports WHERE number < ?1 ${siteIds === null ? '' : 'AND site_id IN (SELECT value FROM json_each(?3))'}
       ORDER BY number DESC LIMIT ?2`,
      before ?? Number.MAX_SAFE_INTEGER,
      limit,
      ...(siteIds === null ? [] : [JSON.stringify(siteIds)]),
    ),
  )

/** What begins an import. */
export type NewImportRow = Pick<ImportRow, 'id' | 'siteId' | 'format' | 'file' | 'total' | 'beganAt'> & {
  actor: Actor
}

/** Begins an import, unless its id is taken. */
export async function begin(db: D1Database, made: NewImportRow, event: ImportEvent): Promise<void> {
  const { id, siteId, format, file, actor, beganAt, total } = made
  await batch(db, [
    sql(
      db,
      `INSERT INTO imports (number, id, site_id, format, file, actor_kind, actor_id, actor_name, began_at, state, total, worked_at)
       VALUES (?10, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'working', ?9, ?8) ON CONFLICT (id) DO NOTHING`,
      ...[id, siteId, format, file, actor.kind, actor.id, actor.name, beganAt, total, numberAt(beganAt)],
    ),
    recordEvent(db, event, changed),
  ])
}

/**
 * A number for an import. It grows with time, and imports of two instances have the same one by chance only: so one is
 * put back beside others as it was.
 */
const numberAt = (time: number) => time * 256 + (crypto.getRandomValues(new Uint8Array(1))[0] ?? 0)

/** What becomes of an import. */
interface Turn {
  from: ImportState[]
  to: ImportState
  /** Milliseconds since the epoch. */
  at: number
  /** What was left out, and how much could not be read; as it was unless told. */
  leftOut?: Record<string, number> | undefined
  errors?: number | undefined
  event?: ImportEvent | null
}

/** Gives an import another state, if it has one of some. @returns whether it was done */
export async function turn(db: D1Database, id: string, change: Turn): Promise<boolean> {
  const [turned] = await batch(db, [
    sql(
      db,
      `UPDATE imports SET state = ?1, worked_at = ?2, left_out = coalesce(?3, left_out), errors = coalesce(?4, errors)
       WHERE id = ?5 AND state IN (SELECT value FROM json_each(?6))`,
      ...[
        change.to,
        change.at,
        change.leftOut ? JSON.stringify(change.leftOut) : null,
        change.errors ?? null,
      ],
      ...[id, JSON.stringify(change.from)],
    ),
    ...(change.event ? [recordEvent(db, change.event, changed)] : []),
  ])
  return turned?.meta.changes === 1
}

/** What a slice brought, or took away. */
interface Counted {
  /** The state in which this is done. */
  state: 'working' | 'undoing'
  added?: number
  known?: number
  removed?: number
  lessons?: number
  at: number
}

/**
 * A statement that counts what a slice did, in its transaction. It fails as a whole where the import has another state by
 * now, or its site was archived before comments came.
 */
export const counting = (
  db: D1Database,
  number: number,
  { state, added = 0, known = 0, removed = 0, lessons = 0, at }: Counted,
): D1PreparedStatement =>
  sql(
    db,
    `UPDATE imports SET added = added + ?2, known = known + ?3, removed = removed + ?4, lessons = lessons + ?5, worked_at = ?6,
       state = iif(state = ?7 AND (state = 'undoing' OR
         (SELECT archived_at FROM sites WHERE id = site_id) IS NULL), state, NULL)
     WHERE number = ?1`,
    ...[number, added, known, removed, lessons, at, state],
  )

/**
 * Imports that are being taken back and that nobody has worked at since a time; they are taken as worked at now. Those of a site
 * that is being put back wait until its comments are there.
 */
export const takeOverdue = (
  db: D1Database,
  { now, before }: { now: number; before: number },
): Promise<{ id: string; siteId: string }[]> =>
  all(
    sql(
      db,
      `UPDATE imports SET worked_at = ? WHERE number IN (
         SELECT number FROM imports INDEXED BY imports_undoing
         WHERE state = 'undoing' AND worked_at < ? AND ${isWhole('imports.site_id')} LIMIT 20) RETURNING id, site_id AS siteId`,
      now,
      before,
    ),
  )

/** Decisions that stand of imports, and that the learner of a site learns from. */
export async function lessonsOf(db: D1Database, siteId: string): Promise<number> {
  const row = await first<{ lessons: number }>(
    sql(
      db,
      `SELECT coalesce(sum(lessons), 0) AS lessons FROM imports INDEXED BY imports_taught
       WHERE site_id = ? AND lessons > 0 AND state IN ('working', 'stopped', 'done')`,
      siteId,
    ),
  )
  return row?.lessons ?? 0
}

/** When the import that brought a comment began, and last worked; null where it came otherwise. */
export const importOfComment = (
  db: D1Database,
  commentId: string,
): Promise<{ beganAt: number; workedAt: number } | null> =>
  first(
    sql(
      db,
      `SELECT began_at AS beganAt, worked_at AS workedAt FROM imports
       WHERE number = (SELECT import_number FROM comments WHERE id = ?)`,
      commentId,
    ),
  )
