import type { D1Database } from '@cloudflare/workers-types'
import type { SignInWay, StaffEvent } from '../contract/events.ts'
import { all, batch, changed, first, sql } from './database.ts'
import { recordEvent } from './events.ts'
import { endingInvitations } from './signInLinks.ts'
import { actorOf, type Moderator, moderatorOf, type StaffRow, staffColumns } from './staff.ts'

/** Where a session was begun, as far as the browser says. */
export interface Device {
  browser: string | null
  system: string | null
  timeZone: string | null
}

/** A member of staff by a session of theirs. */
export type SignedIn = Moderator & {
  sessionId: string
  seenAt: number
  expiresAt: number
  /** When it ends however often it is used, or null. */
  endsBy: number | null
}

interface NewSession {
  id: string
  tokenHash: string
  moderator: Moderator
  device: Device
  by: SignInWay
  /** When it ends however often it is used, or null. */
  endsBy: number | null
  now: number
  expiresAt: number
}

export async function start(db: D1Database, session: NewSession): Promise<void> {
  const { moderator, device, by, endsBy, now } = session
  await batch(db, [
    sql(
      db,
      `INSERT INTO sessions (id, token_hash, staff_id, browser, system, time_zone, created_at, seen_at, expires_at, ends_by)
       VALUES (?, ?, ?, ?, ?, ?, ?7, ?7, ?8, ?9)`,
      session.id,
      session.tokenHash,
      moderator.id,
      device.browser,
      device.system,
      device.timeZone,
      now,
      session.expiresAt,
      endsBy,
    ),
    endingInvitations(db, moderator.id),
    sql(db, 'UPDATE staff SET seen_at = ? WHERE id = ?', now, moderator.id),
    recordEvent(db, { act: 'session.start', at: now, actor: actorOf(moderator), siteId: null, by }),
  ])
}

/** Whose session it is, or null when there is none, or it has ended. */
export async function find(db: D1Database, tokenHash: string, now: number): Promise<SignedIn | null> {
  const row = await first<StaffRow & Pick<SignedIn, 'sessionId' | 'seenAt' | 'expiresAt' | 'endsBy'>>(
    sql(
      db,
      `SELECT ${staffColumns}, e.id AS sessionId, e.seen_at AS seenAt, e.expires_at AS expiresAt, e.ends_by AS endsBy
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

/** A session with what its owner knows it by. */
export interface Listed extends Device {
  id: string
  createdAt: number
  seenAt: number
  expiresAt: number
}

/** Sessions that are listed at most. */
const mostListed = 100

/** Somebody's sessions, the latest used first. */
export const list = (db: D1Database, staffId: string, now: number): Promise<Listed[]> =>
  all(
    sql(
      db,
      `SELECT id, browser, system, time_zone AS timeZone, created_at AS createdAt, seen_at AS seenAt,
         expires_at AS expiresAt
       FROM sessions WHERE staff_id = ? AND expires_at > ? ORDER BY seen_at DESC, created_at DESC LIMIT ?`,
      staffId,
      now,
      mostListed,
    ),
  )

/** Whose session it is; null where there is none. */
export async function staffOf(db: D1Database, id: string): Promise<string | null> {
  const row = await first<{ staffId: string }>(
    sql(db, 'SELECT staff_id AS staffId FROM sessions WHERE id = ?', id),
  )
  return row?.staffId ?? null
}

/** Ends a session. @returns whether there was one */
export async function endOne(db: D1Database, id: string, event: StaffEvent): Promise<boolean> {
  const [ended] = await batch(db, [
    sql(db, 'DELETE FROM sessions WHERE id = ?', id),
    recordEvent(db, event, changed),
  ])
  return ended?.meta.changes === 1
}

/** Whether a session is of somebody whose account was removed since. */
export async function isOfRemoved(db: D1Database, tokenHash: string): Promise<boolean> {
  const text = `SELECT 1 FROM sessions e JOIN staff s ON s.id = e.staff_id
    WHERE e.token_hash = ? AND s.removed_at IS NOT NULL`
  return (await first(sql(db, text, tokenHash))) !== null
}
