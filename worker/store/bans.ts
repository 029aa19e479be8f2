import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { BanWidth } from '../contract/authorNetworks.ts'
import type { Ban, BanKind } from '../contract/bans.ts'
import { networkOf } from '../contract/networks.ts'
import { first, iso, sql } from './database.ts'
import type { NetworkHash } from './networks.ts'

export interface BanRow {
  id: string
  site_id: string
  kind: BanKind
  value: string
  until: number | null
  reason: string | null
  created_at: number
  network: NetworkHash | null
  network_until: number | null
  replaces: string | null
  ended_at: number | null
}

/** A ban as staff see it. */
export const banOf = (row: BanRow): Ban => ({
  id: row.id,
  siteId: row.site_id,
  kind: row.kind,
  value: row.value,
  until: iso(row.until),
  reason: row.reason,
  createdAt: iso(row.created_at),
  network:
    row.network !== null && row.network_until !== null
      ? { width: widthOf(row.network), until: iso(row.network_until) }
      : null,
})

/** How wide a network is that a ban takes along. */
export const widthOf = (network: NetworkHash): BanWidth =>
  network === networkOf(network) ? 'network' : 'address'

/** What a ban is of. */
export interface Banned {
  siteId: string
  kind: BanKind
  value: string
}

/** The ban of somebody that nobody has lifted; null where there is none. */
export const standing = (db: D1Database, { siteId, kind, value }: Banned): Promise<BanRow | null> =>
  first(
    sql(
      db,
      `SELECT * FROM bans INDEXED BY bans_standing
       WHERE site_id = ? AND kind = ? AND value = ? AND ended_at IS NULL`,
      siteId,
      kind,
      value,
    ),
  )

/** A ban by its id, also one that ended. */
export const byId = (db: D1Database, id: string): Promise<BanRow | null> =>
  first(sql(db, 'SELECT * FROM bans WHERE id = ?', id))

/** Milliseconds for which a ban is known that was lifted or extended. */
export const keptMs = 30 * 86_400_000

/** Statements that forget the networks of bans that are over for them, and bans that ended long ago. */
export const forgettingBans = (db: D1Database, now: number): D1PreparedStatement[] => [
  sql(
    db,
    `UPDATE bans SET network = NULL, network_until = NULL WHERE id IN (
       SELECT id FROM bans INDEXED BY bans_network WHERE network IS NOT NULL AND network_until <= ?)`,
    now,
  ),
  sql(
    db,
    'DELETE FROM bans WHERE id IN (SELECT id FROM bans INDEXED BY bans_ended WHERE ended_at < ? LIMIT 500)',
    now - keptMs,
  ),
]
