import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import { all, sql } from './database.ts'

/** A statement that notes by what somebody is known again who is erased. */
export const notingErased = (db: D1Database, siteId: string, prints: string[]): D1PreparedStatement =>
  sql(
    db,
    `INSERT INTO erased_persons (site_id, print) SELECT ?1, value FROM json_each(?2) WHERE TRUE ON CONFLICT DO NOTHING`,
    siteId,
    JSON.stringify(prints),
  )

/** Those of some prints that somebody is known by who was erased on a site. */
export async function erasedAmong(db: D1Database, siteId: string, prints: string[]): Promise<Set<string>> {
  if (prints.length === 0) return new Set()
  const rows = await all<{ print: string }>(
    sql(
      db,
      `SELECT e.print FROM json_each(?2) x CROSS JOIN erased_persons e ON e.site_id = ?1 AND e.print = x.value`,
      siteId,
      JSON.stringify(prints),
    ),
  )
  return new Set(rows.map(({ print }) => print))
}
