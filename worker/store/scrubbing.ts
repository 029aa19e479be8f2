import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import { type Condition, sql } from './database.ts'

/**
 * A statement that has the database's file written anew when the server stops, where the condition holds: what was
 * removed may still stand in free parts of it. D1 offers no `secure_delete`.
 */
export const scrubbing = (db: D1Database, since: number, condition: Condition): D1PreparedStatement =>
  sql(
    db,
    `INSERT INTO scrubbing (id, since) SELECT 1, ? WHERE ${condition.text} ON CONFLICT DO NOTHING`,
    since,
    ...condition.values,
  )
