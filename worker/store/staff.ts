import type { D1Database } from '@cloudflare/workers-types'
import type { Role } from '../contract/session.ts'
import { batch, first, sql } from './database.ts'
import type { Actor } from './decidedComments.ts'
import { recordEvent } from './events.ts'

export interface Moderator {
  id: string
  name: string
  role: Role
  sites: '*' | string[]
}

interface StaffRow {
  id: string
  name: string
  role: Role
  everySite: number
  siteIds: string
}

const staffColumns = `s.id, s.name, s.role, s.every_site AS everySite,
  (SELECT json_group_array(site_id) FROM staff_sites WHERE staff_id = s.id) AS siteIds`

const moderatorOf = <Row extends StaffRow>({ everySite, siteIds, ...row }: Row) => ({
  ...row,
  sites: everySite === 1 ? ('*' as const) : (JSON.parse(siteIds) as string[]),
})

const actorOf = ({ id, name }: Moderator): Actor => ({ kind: 'moderator', id, name })

async function moderatorBy(db: D1Database, column: 'id' | 'name', value: string): Promise<Moderator | null> {
  const row = await first<StaffRow>(
    sql(db, `SELECT ${staffColumns} FROM staff s WHERE s.${column} = ?`, value),
  )
  return row && moderatorOf(row)
}

/** The member of staff of a name; made as an owner of all sites where there is none yet. */
export async function ensureOwner(
  db: D1Database,
  candidate: { id: string; name: string; now: number },
): Promise<Moderator> {
  await batch(db, [
    sql(
      db,
      `INSERT INTO staff (id, name, role, every_site, created_at) VALUES (?, ?, 'owner', 1, ?)
       ON CONFLICT (name) DO NOTHING`,
      candidate.id,
      candidate.name,
      candidate.now,
    ),
  ])
  return (await moderatorBy(db, 'name', candidate.name)) as Moderator
}

export async function addSignInLink(
  db: D1Database,
  link: { tokenHash: string; staffId: string; expiresAt: number },
): Promise<void> {
  await batch(db, [
    sql(
      db,
      'INSERT INTO sign_in_links (token_hash, staff_id, expires_at) VALUES (?, ?, ?)',
      link.tokenHash,
      link.staffId,
      link.expiresAt,
    ),
  ])
}

/** Uses up a sign-in link; who it was for, or null when it is unknown, used or expired. */
export async function useSignInLink(
  db: D1Database,
  tokenHash: string,
  now: number,
): Promise<Moderator | null> {
  const used = await first<{ staffId: string }>(
    sql(
      db,
      'DELETE FROM sign_in_links WHERE token_hash = ? AND expires_at > ? RETURNING staff_id AS staffId',
      tokenHash,
      now,
    ),
  )
  return used && moderatorBy(db, 'id', used.staffId)
}

export async function startSession(
  db: D1Database,
  session: { tokenHash: string; moderator: Moderator; now: number; expiresAt: number },
): Promise<void> {
  const { moderator, now } = session
  await batch(db, [
    sql(
      db,
      'INSERT INTO sessions (token_hash, staff_id, created_at, expires_at) VALUES (?, ?, ?, ?)',
      session.tokenHash,
      moderator.id,
      now,
      session.expiresAt,
    ),
    recordEvent(db, { act: 'session.start', at: now, actor: actorOf(moderator), siteId: null }),
  ])
}

/** Whose session it is and until when, or null. */
export async function session(
  db: D1Database,
  tokenHash: string,
  now: number,
): Promise<(Moderator & { expiresAt: number }) | null> {
  const row = await first<StaffRow & { expiresAt: number }>(
    sql(
      db,
      `SELECT ${staffColumns}, e.expires_at AS expiresAt FROM sessions e JOIN staff s ON s.id = e.staff_id
       WHERE e.token_hash = ? AND e.expires_at > ?`,
      tokenHash,
      now,
    ),
  )
  return row && moderatorOf(row)
}

/** Ends one session, or all of its moderator's. */
export async function endSession(
  db: D1Database,
  tokenHash: string,
  { everywhere, now }: { everywhere: boolean; now: number },
): Promise<void> {
  const moderator = await session(db, tokenHash, now)
  if (!moderator) return
  await batch(db, [
    recordEvent(db, { act: 'session.end', at: now, actor: actorOf(moderator), siteId: null, everywhere }),
    sql(
      db,
      everywhere
        ? 'DELETE FROM sessions WHERE staff_id = (SELECT staff_id FROM sessions WHERE token_hash = ?)'
        : 'DELETE FROM sessions WHERE token_hash = ?',
      tokenHash,
    ),
  ])
}
