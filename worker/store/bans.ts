import type { D1Database } from '@cloudflare/workers-types'
import type { Ban, BanKind } from '../contract/bans.ts'
import * as auditLog from './auditLog.ts'
import { all, batch, first, iso, sql } from './database.ts'
import type { Actor } from './decidedComments.ts'

interface Row {
  id: string
  site_id: string
  kind: BanKind
  value: string
  until: number | null
  reason: string | null
  created_at: number
}

const banOf = (row: Row): Ban => ({
  id: row.id,
  siteId: row.site_id,
  kind: row.kind,
  value: row.value,
  until: iso(row.until),
  reason: row.reason,
  createdAt: iso(row.created_at),
})

export interface NewBan {
  id: string
  siteId: string
  kind: BanKind
  value: string
  /** Milliseconds since the epoch; null for good. */
  until: number | null
  reason: string | null
}

/** Adds a ban, or renews the one of the same site, kind and value. */
export async function add(db: D1Database, ban: NewBan, actor: Actor, now: number): Promise<Ban> {
  await batch(db, [
    sql(
      db,
      `INSERT INTO bans (id, site_id, kind, value, until, reason, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (site_id, kind, value) DO UPDATE SET until = excluded.until, reason = excluded.reason`,
      ban.id,
      ban.siteId,
      ban.kind,
      ban.value,
      ban.until,
      ban.reason,
      now,
    ),
    auditLog.append(db, {
      at: now,
      actor,
      act: 'ban.add',
      siteId: ban.siteId,
      details: { kind: ban.kind, value: ban.value, until: iso(ban.until), reason: ban.reason },
    }),
  ])
  const row = await first<Row>(
    sql(
      db,
      'SELECT * FROM bans WHERE site_id = ? AND kind = ? AND value = ?',
      ban.siteId,
      ban.kind,
      ban.value,
    ),
  )
  return banOf(row as Row)
}

/** The bans of some sites, or of all, the latest first. */
export async function list(db: D1Database, siteIds: string[] | null): Promise<Ban[]> {
  const rows = await all<Row>(
    sql(
      db,
      `SELECT * FROM bans WHERE ?1 IS NULL OR site_id IN (SELECT value FROM json_each(?1))
       ORDER BY created_at DESC, id LIMIT 1000`,
      siteIds && JSON.stringify(siteIds),
    ),
  )
  return rows.map(banOf)
}

export async function remove(db: D1Database, id: string, actor: Actor, now: number): Promise<boolean> {
  const row = await first<Row>(sql(db, 'SELECT * FROM bans WHERE id = ?', id))
  if (!row) return false
  await batch(db, [
    sql(db, 'DELETE FROM bans WHERE id = ?', id),
    auditLog.append(db, {
      at: now,
      actor,
      act: 'ban.remove',
      siteId: row.site_id,
      details: { kind: row.kind, value: row.value },
    }),
  ])
  return true
}
