import type { D1Database } from '@cloudflare/workers-types'
import type { PushSubscriptionView } from '../contract/pushSubscriptions.ts'
import { all, batch, first, iso, sql } from './database.ts'

/** Where a device is told, and what encrypts for it alone. */
export interface Device {
  id: string
  endpoint: string
  p256dh: string
  auth: string
  /** What its browser and system call themselves. */
  name: string
}

type Row = Pick<Device, 'id' | 'endpoint' | 'name'> & { createdAt: number; toldAt: number | null }

const columns = `id, endpoint, name, created_at AS createdAt,
  (SELECT max(at) FROM push_told t WHERE t.subscription_id = push_subscriptions.id) AS toldAt`

const viewOf = ({ createdAt, toldAt, ...row }: Row): PushSubscriptionView => ({
  ...row,
  createdAt: iso(createdAt),
  lastToldAt: iso(toldAt),
})

/** Somebody's devices, the latest first. */
export async function list(db: D1Database, staffId: string): Promise<PushSubscriptionView[]> {
  const text = `SELECT ${columns} FROM push_subscriptions WHERE staff_id = ? ORDER BY created_at DESC, id`
  return (await all<Row>(sql(db, text, staffId))).map(viewOf)
}

/** One's own device; null where there is none. */
export const find = (
  db: D1Database,
  { id, staffId }: { id: string; staffId: string },
): Promise<Device | null> =>
  first<Device>(
    sql(
      db,
      'SELECT id, endpoint, p256dh, auth, name FROM push_subscriptions WHERE id = ? AND staff_id = ?',
      ...[id, staffId],
    ),
  )

/**
 * Adds a device. One that is there already gets the keys and the person of now: a browser has one subscription, whoever
 * sits at it; what it was told before is forgotten with who was told.
 *
 * @param most devices that somebody may have
 * @returns null where they have as many
 */
export async function add(
  db: D1Database,
  device: Device & { staffId: string },
  { most, now }: { most: number; now: number },
): Promise<PushSubscriptionView | null> {
  const { id, staffId, endpoint, p256dh, auth, name } = device
  const results = await batch<Row>(db, [
    sql(db, 'DELETE FROM push_subscriptions WHERE endpoint = ? AND staff_id <> ?', endpoint, staffId),
    sql(
      db,
      `INSERT INTO push_subscriptions (id, staff_id, endpoint, p256dh, auth, name, created_at)
       SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7
       WHERE (SELECT count(*) FROM push_subscriptions WHERE staff_id = ?2 AND endpoint <> ?3) < ?8
       ON CONFLICT (endpoint) DO UPDATE SET p256dh = excluded.p256dh, auth = excluded.auth, name = excluded.name
       RETURNING ${columns}`,
      ...[id, staffId, endpoint, p256dh, auth, name, now, most],
    ),
  ])
  const row = results[1]?.results[0]
  return row ? viewOf(row) : null
}

/** Removes a device: one's own, or (without a person) one that its push service knows no more. @returns whether it was there */
export async function remove(
  db: D1Database,
  { id, staffId }: { id: string; staffId?: string },
): Promise<boolean> {
  const [removed] = await batch(db, [
    staffId === undefined
      ? sql(db, 'DELETE FROM push_subscriptions WHERE id = ?', id)
      : sql(db, 'DELETE FROM push_subscriptions WHERE id = ? AND staff_id = ?', id, staffId),
  ])
  return (removed?.meta.changes ?? 0) > 0
}
