import type { D1Database } from '@cloudflare/workers-types'
import { batch, first, sql } from './database.ts'

/**
 * Notes where an owner found this instance: `https://host`, without a slash at the end. What is noted already is not written.
 *
 * @param replaces whether it takes the place of another that is known
 */
export async function noteAddress(db: D1Database, address: string, replaces: boolean): Promise<void> {
  await batch(db, [
    sql(
      db,
      `INSERT INTO instance_address (id, address) VALUES (1, ?1)
       ON CONFLICT (id) DO UPDATE SET address = ?1 WHERE address <> ?1 AND ?2`,
      address,
      replaces ? 1 : 0,
    ),
  ])
}

/** Where an owner found it, or null. */
export async function notedAddress(db: D1Database): Promise<string | null> {
  const row = await first<{ address: string }>(sql(db, 'SELECT address FROM instance_address WHERE id = 1'))
  return row?.address ?? null
}
