import type { D1Database } from '@cloudflare/workers-types'
import { mostListedViews, mostViews } from '../contract/savedViews.ts'
import type { ViewEvent } from '../contract/viewEvents.ts'
import { all, batch, changed, first, sql } from './database.ts'
import { recordEvent } from './events.ts'

/** A list that somebody saved. */
export interface ViewRow {
  id: string
  staffId: string
  name: string
  query: string
  shared: number
  siteId: string | null
}

/** The same with the name of who saved it; null where there is no such account. */
export type ListedView = ViewRow & { by: string | null }

const columns = 'v.id, v.staff_id AS staffId, v.name, v.query, v.shared, v.site_id AS siteId, s.name AS by'

/** Somebody's own views, and those that are shared with some sites, or with all. */
export const list = (db: D1Database, staffId: string, siteIds: string[] | null): Promise<ListedView[]> =>
  all(
    sql(
      db,
      `SELECT ${columns} FROM (
         SELECT * FROM saved_views INDEXED BY saved_views_staff WHERE staff_id = ?1
         UNION ALL
         SELECT * FROM saved_views INDEXED BY saved_views_shared WHERE shared = 1 AND staff_id <> ?1
           ${siteIds ? 'AND site_id IN (SELECT value FROM json_each(?2))' : ''}
         LIMIT ${mostListedViews}) v LEFT JOIN staff s ON s.id = v.staff_id ORDER BY v.name, v.id`,
      staffId,
      ...(siteIds ? [JSON.stringify(siteIds)] : []),
    ),
  )

/** A view by its id. */
export const find = (db: D1Database, id: string): Promise<ListedView | null> =>
  first(
    sql(db, `SELECT ${columns} FROM saved_views v LEFT JOIN staff s ON s.id = v.staff_id WHERE v.id = ?`, id),
  )

/** Adds a view, unless its maker has enough or its id is taken. @returns whether it was done */
export async function add(db: D1Database, view: ViewRow, event: ViewEvent): Promise<boolean> {
  const { id, staffId, name, query, shared, siteId } = view
  const [added] = await batch(db, [
    sql(
      db,
      `INSERT INTO saved_views (id, staff_id, name, query, shared, site_id, created_at)
       SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7
       WHERE (SELECT count(*) FROM saved_views INDEXED BY saved_views_staff WHERE staff_id = ?2) < ${mostViews}
       ON CONFLICT DO NOTHING`,
      id,
      staffId,
      name,
      query,
      shared,
      siteId,
      event.at,
    ),
    recordEvent(db, event, changed),
  ])
  return added?.meta.changes === 1
}

/** Gives a view another name, list or audience. @returns whether it is still there */
export async function change(
  db: D1Database,
  { id, name, query, shared, siteId }: ViewRow,
  event: ViewEvent,
): Promise<boolean> {
  const [written] = await batch(db, [
    sql(
      db,
      'UPDATE saved_views SET name = ?, query = ?, shared = ?, site_id = ? WHERE id = ?',
      name,
      query,
      shared,
      siteId,
      id,
    ),
    recordEvent(db, event, changed),
  ])
  return written?.meta.changes === 1
}

/** Removes a view. */
export async function remove(db: D1Database, id: string, event: ViewEvent): Promise<void> {
  await batch(db, [sql(db, 'DELETE FROM saved_views WHERE id = ?', id), recordEvent(db, event, changed)])
}
