import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import { sql } from './database.ts'

/** What may be used once, until it ends. */
export interface Once {
  id: string
  expiresAt: number
}

/**
 * Statements that use something up, for the start of a transaction: right after them `changed` holds where it was used for
 * the first time.
 */
export const useUp = (db: D1Database, { id, expiresAt }: Once, now: number): D1PreparedStatement[] => [
  sql(db, 'DELETE FROM used_challenges WHERE expires_at < ?', now),
  sql(db, 'INSERT INTO used_challenges (id, expires_at) VALUES (?, ?) ON CONFLICT DO NOTHING', id, expiresAt),
]
