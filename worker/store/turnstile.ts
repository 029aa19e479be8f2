import type { D1Database } from '@cloudflare/workers-types'
import { batch, changed, first, sql } from './database.ts'
import type { Actor } from './decidedComments.ts'
import { recordEvent } from './events.ts'

/** How a site has its readers' Turnstile tokens checked. */
export interface StoredTurnstile {
  secret: string
  endpoint: string
}

interface Change {
  siteId: string
  actor: Actor
  /** Milliseconds since the epoch. */
  at: number
}

/** A site's Turnstile, secret and all, or null. */
export function find(db: D1Database, siteId: string): Promise<StoredTurnstile | null> {
  return first<StoredTurnstile>(sql(db, 'SELECT secret, endpoint FROM turnstile WHERE site_id = ?', siteId))
}

/** Puts a secret in place of the one there was. */
export async function set(db: D1Database, config: StoredTurnstile, change: Change): Promise<void> {
  await batch(db, [
    sql(
      db,
      `INSERT INTO turnstile (site_id, secret, endpoint) VALUES (?, ?, ?)
       ON CONFLICT (site_id) DO UPDATE SET secret = excluded.secret, endpoint = excluded.endpoint`,
      change.siteId,
      config.secret,
      config.endpoint,
    ),
    recordEvent(db, { ...change, act: 'turnstile.set' }),
  ])
}

/** Forgets a site's secret; false when there was none. */
export async function remove(db: D1Database, change: Change): Promise<boolean> {
  const [removed] = await batch(db, [
    sql(db, 'DELETE FROM turnstile WHERE site_id = ?', change.siteId),
    recordEvent(db, { ...change, act: 'turnstile.remove' }, changed),
  ])
  return removed?.meta.changes === 1
}
