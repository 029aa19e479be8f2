import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { BlockReason } from '../contract/notifications.ts'
import { all, batch, first, sql } from './database.ts'

export type { BlockReason }

/** Milliseconds for which an address is left alone. What was subscribed there has ended: a new start needs a new yes. */
const blockedFor = 365 * 86_400_000

/** What is known of an address; null for nothing. @param addressHash see `mail/addressHash.ts` */
export async function reasonOf(db: D1Database, addressHash: string): Promise<BlockReason | null> {
  const text = 'SELECT why FROM mail_blocks WHERE address_hash = ?'
  return (await first<{ why: BlockReason }>(sql(db, text, addressHash)))?.why ?? null
}

/** What is known of addresses, by their hashes; `at` since when, in milliseconds. */
export const blocksOf = (
  db: D1Database,
  addressHashes: string[],
): Promise<{ addressHash: string; why: BlockReason; at: number }[]> =>
  all(
    sql(
      db,
      `SELECT address_hash AS addressHash, why, at FROM mail_blocks
       WHERE address_hash IN (SELECT value FROM json_each(?))`,
      JSON.stringify(addressHashes),
    ),
  )

/**
 * Has nothing sent to some addresses any more, in the whole instance. A complaint outweighs what else is known; the same once
 * more counts from the first time.
 */
export async function block(
  db: D1Database,
  addressHashes: string[],
  { why, at }: { why: BlockReason; at: number },
): Promise<void> {
  await batch(db, [
    sql(
      db,
      `INSERT INTO mail_blocks (address_hash, why, at) SELECT value, ?2, ?3 FROM json_each(?1) WHERE TRUE
       ON CONFLICT (address_hash) DO UPDATE SET why = ?2, at = iif(why = ?2, at, ?3) WHERE why <> 'complained' OR ?2 = 'complained'`,
      JSON.stringify(addressHashes),
      why,
      at,
    ),
  ])
}

/** Takes an address off the list, where it is there for one of these reasons. */
export async function unblock(
  db: D1Database,
  addressHash: string,
  reasons: readonly BlockReason[],
): Promise<void> {
  const text = 'DELETE FROM mail_blocks WHERE address_hash = ? AND why IN (SELECT value FROM json_each(?))'
  await batch(db, [sql(db, text, addressHash, JSON.stringify(reasons))])
}

/** A statement that forgets which addresses were left alone long enough. */
export const forgettingBlocks = (db: D1Database, now: number): D1PreparedStatement =>
  sql(db, 'DELETE FROM mail_blocks WHERE at < ?', now - blockedFor)
