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

export async function list(db: D1Database, siteId: string | null): Promise<Ban[]> {
  const where = siteId === null ? '' : 'WHERE site_id = ?'
  const rows = await all<Row>(
    sql(
      db,
      `SELECT * FROM bans ${where} ORDER BY created_at DESC, id LIMIT 1000`,
      ...(siteId === null ? [] : [siteId]),
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
