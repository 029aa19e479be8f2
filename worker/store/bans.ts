import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { BanWidth } from '../contract/authorNetworks.ts'
import type { Ban, BanKind } from '../contract/bans.ts'
import { networkOf } from '../contract/networks.ts'
import { all, batch, first, iso, sql } from './database.ts'
import type { Actor } from './decidedComments.ts'
import { recordEvent } from './events.ts'
import type { NetworkHash } from './networks.ts'

interface Row {
  id: string
  site_id: string
  kind: BanKind
  value: string
  until: number | null
  reason: string | null
  created_at: number
  network: NetworkHash | null
  network_until: number | null
}

const banOf = (row: Row): Ban => ({
  id: row.id,
  siteId: row.site_id,
  kind: row.kind,
  value: row.value,
  until: iso(row.until),
  reason: row.reason,
  createdAt: iso(row.created_at),
  network:
    row.network !== null && row.network_until !== null ? networkView(row.network, row.network_until) : null,
})

const widthOf = (network: NetworkHash): BanWidth => (network === networkOf(network) ? 'network' : 'address')

const networkView = (network: NetworkHash, until: number) => ({ width: widthOf(network), until: iso(until) })

export interface NewBan {
  id: string
  siteId: string
  kind: BanKind
  value: string
  /** Milliseconds since the epoch; null for good. */
  until: number | null
  reason: string | null
  /** Of the author, where the ban takes it along. */
  network: { hash: NetworkHash; until: number } | null
}

/** Adds a ban, or renews the one of the same site, kind and value. */
export async function add(db: D1Database, ban: NewBan, actor: Actor, now: number): Promise<Ban> {
  const { siteId, kind, value, network } = ban
  const known = await first<Row>(
    sql(db, 'SELECT * FROM bans WHERE site_id = ? AND kind = ? AND value = ?', siteId, kind, value),
  )
  const id = known?.id ?? ban.id
  await batch(db, [
    sql(
      db,
      `INSERT INTO bans (id, site_id, kind, value, until, reason, created_at, network, network_until)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (site_id, kind, value) DO UPDATE SET until = excluded.until, reason = excluded.reason,
         network = excluded.network, network_until = excluded.network_until`,
      id,
      siteId,
      kind,
      value,
      ban.until,
      ban.reason,
      now,
      network?.hash ?? null,
      network?.until ?? null,
    ),
    recordEvent(db, {
      ...{ act: 'ban.add', at: now, actor, siteId, banId: id, kind, until: iso(ban.until) },
      ...told(ban),
      ...(network && { network: widthOf(network.hash) }),
    }),
  ])
  return {
    ...ban,
    ...{ id, until: iso(ban.until), createdAt: iso(known?.created_at ?? now) },
    network: network && networkView(network.hash, network.until),
  }
}

/** What an event tells of who is banned: an address or a domain may be a person's, and stays with the ban alone. */
const told = ({ kind, value }: { kind: BanKind; value: string }) => (kind === 'author' ? { value } : {})

/** A place in a list of bans: after the one that was made at a time and has an id. */
export interface Place {
  /** Milliseconds since the epoch. */
  createdAt: number
  id: string
}

/** Bans of a site, or (null) of all, from a place on, the latest first. */
export async function list(
  db: D1Database,
  { siteId, after, limit }: { siteId: string | null; after: Place | null; limit: number },
): Promise<Ban[]> {
  const rows = await all<Row>(
    sql(
      db,
      `SELECT * FROM bans INDEXED BY ${siteId === null ? 'bans_latest' : 'bans_latest_site'}
       WHERE (created_at, id) < (?, ?) ${siteId === null ? '' : 'AND site_id = ?'}
       ORDER BY created_at DESC, id DESC LIMIT ?`,
      after?.createdAt ?? Number.MAX_SAFE_INTEGER,
      after?.id ?? '',
      ...(siteId === null ? [] : [siteId]),
      limit,
    ),
  )
  return rows.map(banOf)
}

export async function remove(db: D1Database, id: string, actor: Actor, now: number): Promise<boolean> {
  const row = await first<Row>(sql(db, 'SELECT * FROM bans WHERE id = ?', id))
  if (!row) return false
  await batch(db, [
    sql(db, 'DELETE FROM bans WHERE id = ?', id),
    recordEvent(db, {
      ...{ act: 'ban.remove', at: now, actor, siteId: row.site_id, banId: id, kind: row.kind },
      ...told(row),
    }),
  ])
  return true
}

/** A statement that forgets the networks of bans that are over for them. */
export const forgettingNetworks = (db: D1Database, now: number): D1PreparedStatement =>
  sql(
    db,
    `UPDATE bans SET network = NULL, network_until = NULL WHERE id IN (
       SELECT id FROM bans INDEXED BY bans_network WHERE network IS NOT NULL AND network_until <= ?)`,
    now,
  )
