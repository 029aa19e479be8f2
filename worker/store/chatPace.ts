import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import { batch, first, sql } from './database.ts'

/** Counts a message to a chat in a minute. @returns whether it may be sent: at most so many may in one minute */
export async function countMessage(
  db: D1Database,
  id: string,
  { minute, most }: { minute: number; most: number },
): Promise<boolean> {
  const [counted] = await batch(db, [
    sql(
      db,
      'UPDATE endpoints SET sent = iif(minute = ?1, sent + 1, 1), minute = ?1 WHERE id = ?2 AND (minute <> ?1 OR sent < ?3)',
      ...[minute, id, most],
    ),
  ])
  return counted?.meta.changes === 1
}

/** A statement that counts what a chat is told of in one message, or (negative) has been. */
export const gathering = (db: D1Database, id: string, count: number): D1PreparedStatement =>
  sql(db, 'UPDATE endpoints SET more = max(0, more + ?) WHERE id = ?', count, id)

/** How much a chat is to be told of in one message. */
export const gathered = async (db: D1Database, id: string): Promise<number> =>
  (await first<{ more: number }>(sql(db, 'SELECT more FROM endpoints WHERE id = ?', id)))?.more ?? 0
