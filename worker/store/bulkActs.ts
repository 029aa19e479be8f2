import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { BulkAction, BulkState } from '../contract/bulkActs.ts'
import type { ActorKind } from '../contract/decisions.ts'
import { all, first, sql } from './database.ts'
import type { Actor } from './decidedComments.ts'
import { isWhole } from './restores.ts'

/** Where the next slice of an act begins: which of its sites, and after which comment. */
export interface BulkPlace {
  site: number
  after: number | null
}

/** A decision of all comments that match a filter. */
export interface BulkRow {
  id: string
  /** Null for all sites. */
  siteIds: string[] | null
  /** As JSON. */
  filter: string
  action: BulkAction
  reason: string | null
  banId: string | null
  actor: Actor
  /** Milliseconds since the epoch. */
  madeAt: number
  /** The `seq` of the last comment it may touch. */
  upTo: number
  matching: number | null
  state: BulkState
  place: BulkPlace
  slices: number
  decided: number
  passedOver: number
  standing: number
  restored: number
  undoneBy: Actor | null
}

type Stored = Omit<BulkRow, 'siteIds' | 'place' | 'actor' | 'undoneBy'> & {
  siteIds: string | null
  place: string | null
  undoneBy: string | null
  kind: ActorKind
  actorId: string
  name: string
}

const columns = `id, site_ids AS siteIds, filter, action, reason, ban_id AS banId, actor_kind AS kind,
  actor_id AS actorId, actor_name AS name, made_at AS madeAt, up_to AS upTo, matching, state, place, slices, decided,
  passed_over AS passedOver, standing, restored, undone_by AS undoneBy`

const start: BulkPlace = { site: 0, after: null }

const rowOf = ({ siteIds, place, undoneBy, kind, actorId, name, ...row }: Stored): BulkRow => ({
  ...row,
  siteIds: siteIds === null ? null : JSON.parse(siteIds),
  place: place === null ? start : JSON.parse(place),
  actor: { kind, id: actorId, name },
  undoneBy: undoneBy === null ? null : JSON.parse(undoneBy),
})

/** An act by its id. */
export async function find(db: D1Database, id: string): Promise<BulkRow | null> {
  const row = await first<Stored>(sql(db, `SELECT ${columns} FROM bulk_acts WHERE id = ?`, id))
  return row && rowOf(row)
}

/** The latest acts, those that began last first. */
export const latest = async (db: D1Database, limit: number): Promise<BulkRow[]> =>
  (
    await all<Stored>(
      sql(
        db,
        `SELECT ${columns} FROM bulk_acts INDEXED BY bulk_acts_latest ORDER BY made_at DESC LIMIT ?`,
        limit,
      ),
    )
  ).map(rowOf)

/** The number of the last comment there is. */
export async function lastComment(db: D1Database): Promise<number> {
  const row = await first<{ seq: number | null }>(sql(db, 'SELECT max(seq) AS seq FROM comments'))
  return row?.seq ?? 0
}

/** What is left of a filter once nothing more is looked for: whoever was searched for by name or address may be erased. */
export const withoutWords = "json_remove(filter, '$.q')"

/** A statement that keeps an act which is about to begin; with it fails the transaction where its id is taken. */
export const adding = (db: D1Database, act: BulkRow): D1PreparedStatement =>
  sql(
    db,
    `INSERT INTO bulk_acts (id, site_ids, filter, action, reason, ban_id, actor_kind, actor_id, actor_name, made_at,
       up_to, matching, state, worked_at)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?10)`,
    act.id,
    act.siteIds && JSON.stringify(act.siteIds),
    act.filter,
    act.action,
    act.reason,
    act.banId,
    act.actor.kind,
    act.actor.id,
    act.actor.name,
    act.madeAt,
    act.upTo,
    act.matching,
    act.state,
  )

/** A statement that gives an act another state, if it has one of some. */
export const turning = (
  db: D1Database,
  id: string,
  { from, to, at, actor }: { from: BulkState[]; to: BulkState; at: number; actor: Actor },
): D1PreparedStatement =>
  sql(
    db,
    `UPDATE bulk_acts SET state = ?1, worked_at = ?2, standing = iif(?1 = 'undoing', slices, standing),
       undone_by = iif(?1 = 'undoing', ?4, undone_by), filter = iif(?1 = 'undoing', ${withoutWords}, filter)
     WHERE id = ?3 AND state IN (${from.map((state) => `'${state}'`)})`,
    to,
    at,
    id,
    JSON.stringify({ kind: actor.kind, id: actor.id, name: actor.name }),
  )

/**
 * Acts at work that nobody has worked at since a time; they are taken as worked at now. Those on sites that are being put
 * back wait until their comments are there.
 */
export const takeOverdue = (
  db: D1Database,
  { now, before }: { now: number; before: number },
): Promise<{ id: string; filter: string }[]> =>
  all(
    sql(
      db,
      `UPDATE bulk_acts SET worked_at = ? WHERE id IN (
         SELECT id FROM bulk_acts INDEXED BY bulk_acts_open
         WHERE state IN ('working', 'undoing') AND worked_at < ? AND NOT EXISTS (
           SELECT 1 FROM json_each(coalesce(site_ids, (SELECT json_group_array(id) FROM sites))) j
           WHERE EXISTS (SELECT 1 FROM sites WHERE id = j.value) AND NOT ${isWhole('j.value')}) LIMIT 20) RETURNING id, filter`,
      now,
      before,
    ),
  )
