import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { EndpointEvent, EndpointKind } from '../contract/endpointKinds.ts'
import { mostEndpoints } from '../contract/endpoints.ts'
import type { ToldType } from '../contract/told.ts'
import { all, batch, type Condition, changed, first, sql } from './database.ts'
import { forgettingWaiting } from './deliveries.ts'
import { recordEvent } from './events.ts'

/** A webhook or chat as a site has it set up, secrets and all. Times in milliseconds since the epoch. */
export interface StoredEndpoint {
  id: string
  siteId: string
  kind: EndpointKind
  name: string
  target: string
  config: unknown
  secret: string | null
  formerSecret: string | null
  formerUntil: number | null
  types: ToldType[]
  paused: boolean
  createdAt: number
  failingSince: number | null
  failure: string | null
  disabledAt: number | null
  /** Whose private chat it is; null where others read it, too. */
  staffId: string | null
}

type Row = Omit<StoredEndpoint, 'config' | 'types' | 'paused'> & {
  config: string
  types: string
  paused: number
}

const columns = `id, site_id AS siteId, kind, name, target, config, secret, former_secret AS formerSecret,
  former_until AS formerUntil, types, paused, created_at AS createdAt, failing_since AS failingSince, failure,
  disabled_at AS disabledAt, staff_id AS staffId`

const endpointOf = ({ config, types, paused, ...rest }: Row): StoredEndpoint => ({
  ...{ ...rest, config: JSON.parse(config), types: JSON.parse(types), paused: paused === 1 },
})

const isTold = (type: string) =>
  `paused = 0 AND disabled_at IS NULL AND instr(types, '"' || ${type} || '"') > 0`

/** Holds where a site has something of a type told. */
export const isAnyTold = (site: string, type: string): Condition => ({
  text: `EXISTS (SELECT 1 FROM endpoints WHERE site_id = ${site} AND ${isTold(type)})`,
  values: [],
})

/** The endpoints of a site, the oldest first. */
export const list = async (db: D1Database, siteId: string): Promise<StoredEndpoint[]> =>
  (
    await all<Row>(
      sql(db, `SELECT ${columns} FROM endpoints WHERE site_id = ? ORDER BY created_at, id`, siteId),
    )
  ).map(endpointOf)

/** Id and name of those of a site that are told something of a type. */
export const toldOf = (
  db: D1Database,
  siteId: string,
  type: ToldType,
): Promise<{ id: string; name: string }[]> =>
  all(sql(db, `SELECT id, name FROM endpoints WHERE site_id = ? AND ${isTold('?')}`, siteId, type))

export async function find(db: D1Database, id: string): Promise<StoredEndpoint | null> {
  const row = await first<Row>(sql(db, `SELECT ${columns} FROM endpoints WHERE id = ?`, id))
  return row && endpointOf(row)
}

/** Adds an endpoint, unless its site has enough. @returns whether it was done */
export async function add(db: D1Database, endpoint: StoredEndpoint, event: EndpointEvent): Promise<boolean> {
  const { id, siteId, kind, name, target, config, secret, types, createdAt, staffId } = endpoint
  const [added] = await batch(db, [
    sql(
      db,
      `INSERT INTO endpoints (id, site_id, kind, name, target, config, secret, types, created_at, staff_id)
       SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10
       WHERE (SELECT count(*) FROM endpoints WHERE site_id = ?2) < ${mostEndpoints} ON CONFLICT DO NOTHING`,
      ...[id, siteId, kind, name, target, JSON.stringify(config), secret, JSON.stringify(types), createdAt],
      staffId,
    ),
    recordEvent(db, event, changed),
  ])
  return added?.meta.changes === 1
}

/** What is changed of an endpoint; all else stays as it is by then. */
export interface EndpointChanges
  extends Partial<Pick<StoredEndpoint, 'name' | 'target' | 'config' | 'types' | 'paused' | 'staffId'>> {
  /** Whether what failed before counts no more. */
  anew: boolean
}

/** Writes what was changed of an endpoint. @returns the endpoint as it is then; null where it is gone */
export async function change(
  db: D1Database,
  id: string,
  { name, target, config, types, paused, staffId, anew }: EndpointChanges,
  event: EndpointEvent,
): Promise<StoredEndpoint | null> {
  const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value))
  const [written] = await batch<Row>(db, [
    sql(
      db,
      `UPDATE endpoints SET name = coalesce(?1, name), target = coalesce(?2, target), config = coalesce(?3, config),
         types = coalesce(?4, types), paused = coalesce(?5, paused), failing_since = iif(?6, NULL, failing_since),
         failure = iif(?6, NULL, failure), disabled_at = iif(?6, NULL, disabled_at),
         staff_id = iif(?8, ?9, staff_id)
       WHERE id = ?7 RETURNING ${columns}`,
      ...[
        name ?? null,
        target ?? null,
        json(config),
        json(types),
        paused === undefined ? null : Number(paused),
      ],
      ...[anew ? 1 : 0, id, staffId === undefined ? 0 : 1, staffId ?? null],
    ),
    recordEvent(db, event, changed),
  ])
  const row = written?.results[0]
  return row ? endpointOf(row) : null
}

/**
 * Gives an endpoint another secret in place of one that it still has; that one counts as its former till a time, and the
 * one before no more.
 *
 * @returns whether it was done
 */
export async function rotate(
  db: D1Database,
  { id, secret: known }: StoredEndpoint,
  { secret, formerUntil }: { secret: string; formerUntil: number },
  event: EndpointEvent,
): Promise<boolean> {
  const [written] = await batch(db, [
    sql(
      db,
      'UPDATE endpoints SET former_secret = secret, former_until = ?, secret = ? WHERE id = ? AND secret = ?',
      ...[formerUntil, secret, id, known],
    ),
    recordEvent(db, event, changed),
  ])
  return written?.meta.changes === 1
}

/** Removes an endpoint with what waits for it. What it was told stays in the log. @returns whether it was there */
export async function remove(db: D1Database, id: string, event: EndpointEvent): Promise<boolean> {
  const [removed] = await batch(db, [
    sql(db, 'DELETE FROM endpoints WHERE id = ?', id),
    recordEvent(db, event, changed),
    forgettingWaiting(db, [id]),
  ])
  return removed?.meta.changes === 1
}

/** A statement that notes that an endpoint works again. */
export const working = (db: D1Database, id: string): D1PreparedStatement =>
  sql(db, 'UPDATE endpoints SET failing_since = NULL, failure = NULL WHERE id = ?', id)

/** Notes that an endpoint fails, and disables it where it has done nothing else since a time, or is gone. */
export async function noteFailure(
  db: D1Database,
  id: string,
  { failure, at, since, isGone }: { failure: string; at: number; since: number; isGone: boolean },
): Promise<void> {
  await batch(db, [
    sql(
      db,
      `UPDATE endpoints SET failing_since = coalesce(failing_since, ?1), failure = ?2,
         disabled_at = iif(?3 OR failing_since < ?4, coalesce(disabled_at, ?1), disabled_at) WHERE id = ?5`,
      ...[at, failure, isGone ? 1 : 0, since, id],
    ),
  ])
}
