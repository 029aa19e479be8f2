import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import { batch, first, sql } from './database.ts'

/** Why nothing is sent to an address: mail came back, its server refused it for good, or its reader complained. */
export type BlockReason = 'bounced' | 'refused' | 'complained'

/** Milliseconds for which an address is left alone. What was subscribed there has ended: a new start needs a new yes. */
const blockedFor = 365 * 86_400_000

/** Whether nothing is sent to an address any more. @param addressHash see `mail/addressHash.ts` */
export async function isBlocked(db: D1Database, addressHash: string): Promise<boolean> {
  return (await first(sql(db, 'SELECT 1 FROM mail_blocks WHERE address_hash = ?', addressHash))) !== null
}

/** Has nothing sent to an address any more, in the whole instance. A complaint outweighs what else is known. */
export async function block(
  db: D1Database,
  addressHash: string,
  { why, at }: { why: BlockReason; at: number },
): Promise<void> {
  await batch(db, [
    sql(
      db,
      `INSERT INTO mail_blocks (address_hash, why, at) VALUES (?1, ?2, ?3)
       ON CONFLICT (address_hash) DO UPDATE SET why = ?2, at = ?3 WHERE why <> 'complained' OR ?2 = 'complained'`,
      addressHash,
      why,
      at,
    ),
  ])
}

/** Takes an address off the list. */
export async function unblock(db: D1Database, addressHash: string): Promise<void> {
  await batch(db, [sql(db, 'DELETE FROM mail_blocks WHERE address_hash = ?', addressHash)])
}

/** A statement that forgets which addresses were left alone long enough. */
export const forgettingBlocks = (db: D1Database, now: number): D1PreparedStatement =>
  sql(db, 'DELETE FROM mail_blocks WHERE at < ?', now - blockedFor)
