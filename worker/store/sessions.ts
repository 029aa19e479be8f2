import type { D1Database } from '@cloudflare/workers-types'
import { batch, first, sql } from './database.ts'
import { recordEvent } from './events.ts'
import { actorOf, type Moderator, moderatorOf, type StaffRow, staffColumns } from './staff.ts'

/** Where a session was begun, as far as the browser says. */
export interface Device {
  browser: string | null
  system: string | null
  timeZone: string | null
}

/** A member of staff by a session of theirs. */
export type SignedIn = Moderator & { sessionId: string; seenAt: number; expiresAt: number }

interface NewSession {
  id: string
  tokenHash: string
  moderator: Moderator
  device: Device
  now: number
  expiresAt: number
}

export async function start(db: D1Database, session: NewSession): Promise<void> {
  const { moderator, device, now } = session
  await batch(db, [
    sql(
      db,
      `INSERT INTO sessions (id, token_hash, staff_id, browser, system, time_zone, created_at, seen_at, expires_at)
       VALUES (?, ?, ?, ?, ?, ?, ?7, ?7, ?8)`,
      session.id,
      session.tokenHash,
      moderator.id,
      device.browser,
      device.system,
      device.timeZone,
      now,
      session.expiresAt,
    ),
    sql(db, 'UPDATE staff SET seen_at = ? WHERE id = ?', now, moderator.id),
    recordEvent(db, { act: 'session.start', at: now, actor: actorOf(moderator), siteId: null }),
  ])
}

/** Whose session it is, or null when there is none, or it has ended. */
export async function find(db: D1Database, tokenHash: string, now: number): Promise<SignedIn | null> {
  const row = await first<StaffRow & Pick<SignedIn, 'sessionId' | 'seenAt' | 'expiresAt'>>(
    sql(
      db,
      `SELECT ${staffColumns}, e.id AS sessionId, e.seen_at AS seenAt, e.expires_at AS expiresAt
       FROM sessions e JOIN staff s ON s.id = e.staff_id
       WHERE e.token_hash = ? AND e.expires_at > ? AND s.removed_at IS NULL`,
      tokenHash,
      now,
    ),
  )
  return row && moderatorOf(row)
}

/** Notes that a session was used, which puts its end off. */
export async function see(
  db: D1Database,
  { sessionId, id }: SignedIn,
  { now, expiresAt }: { now: number; expiresAt: number },
): Promise<void> {
  await batch(db, [
    sql(db, 'UPDATE sessions SET seen_at = ?, expires_at = ? WHERE id = ?', now, expiresAt, sessionId),
    sql(db, 'UPDATE staff SET seen_at = ? WHERE id = ?', now, id),
  ])
}

/** Ends one session, or all of its moderator's. */
export async function end(
  db: D1Database,
  tokenHash: string,
  { everywhere, now }: { everywhere: boolean; now: number },
): Promise<void> {
  const moderator = await find(db, tokenHash, now)
  if (!moderator) return
  await batch(db, [
    recordEvent(db, { act: 'session.end', at: now, actor: actorOf(moderator), siteId: null, everywhere }),
    everywhere
      ? sql(db, 'DELETE FROM sessions WHERE staff_id = ?', moderator.id)
      : sql(db, 'DELETE FROM sessions WHERE id = ?', moderator.sessionId),
  ])
}
