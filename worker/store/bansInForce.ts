import type { D1Database } from '@cloudflare/workers-types'
import type { BanKind } from '../contract/bans.ts'
import { all, over, sql } from './database.ts'
import type { NetworkHash } from './networks.ts'

/** What a ban may be of. */
export type Bannable = { kind: BanKind; value: string }

export interface BanInForce extends Bannable {
  /** Milliseconds since the epoch; null for good. */
  until: number | null
}

/** Values that one statement looks up. */
const mostTogether = 200

/**
 * Those of some values that are banned on a site now. With an address among them come such bans of ranges, too, as are
 * not in their one form: whoever asks compares these.
 */
export async function bansInForce(
  db: D1Database,
  siteId: string,
  values: Bannable[],
  now: number,
): Promise<BanInForce[]> {
  const parts = Array.from({ length: Math.ceil(values.length / mostTogether) }, (_, part) =>
    values.slice(part * mostTogether, (part + 1) * mostTogether),
  )
  const inForce = 'b.site_id = ?2 AND b.ended_at IS NULL AND (b.until IS NULL OR b.until > ?3)'
  const found = await Promise.all([
    ...parts.map((some) =>
      all<BanInForce>(
        over(
          db,
          some,
          `SELECT b.kind, b.value, b.until FROM x CROSS JOIN bans b INDEXED BY bans_standing
           WHERE b.kind = x.kind AND b.value = x.value AND ${inForce}`,
          siteId,
          now,
        ),
      ),
    ),
    values.some(({ kind }) => kind === 'address') ? looseRanges(db, siteId, now) : [],
  ])
  return found.flat()
}

const looseRanges = (db: D1Database, siteId: string, now: number): Promise<BanInForce[]> =>
  all(
    sql(
      db,
      `SELECT kind, value, until FROM bans INDEXED BY bans_loose
       WHERE site_id = ? AND loose = 1 AND ended_at IS NULL AND (until IS NULL OR until > ?)`,
      siteId,
      now,
    ),
  )

/** Bans in force that take one of these networks along, with when they end for it. */
export const networkBans = (
  db: D1Database,
  siteId: string,
  hashes: NetworkHash[],
  now: number,
): Promise<{ until: number }[]> =>
  all(
    sql(
      db,
      `SELECT network_until AS until FROM bans INDEXED BY bans_network
       WHERE site_id = ? AND network IN (SELECT value FROM json_each(?)) AND network_until > ? AND ended_at IS NULL`,
      siteId,
      JSON.stringify(hashes),
      now,
    ),
  )
