import type { D1Database } from '@cloudflare/workers-types'
import type { Role } from '../contract/session.ts'
import type { ApiToken } from '../contract/tokens.ts'
import { all, batch, changed, first, iso, sql } from './database.ts'
import type { Actor } from './decidedComments.ts'
import { recordEvent } from './events.ts'

export interface Moderator {
  id: string
  name: string
  role: Role
}

const actorOf = ({ id, name }: Moderator): Actor => ({ kind: 'moderator', id, name })

/** The member of staff of a name; made as an owner where there is none yet. */
export async function ensureOwner(
  db: D1Database,
  candidate: { id: string; name: string; now: number },
): Promise<Moderator> {
  await batch(db, [
    sql(
      db,
      `INSERT INTO staff (id, name, role, created_at) VALUES (?, ?, 'owner', ?) ON CONFLICT (name) DO NOTHING`,
      candidate.id,
      candidate.name,
      candidate.now,
    ),
  ])
  const found = await first<Moderator>(
    sql(db, 'SELECT id, name, role FROM staff WHERE name = ?', candidate.name),
  )
  return found as Moderator
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
  return used && first<Moderator>(sql(db, 'SELECT id, name, role FROM staff WHERE id = ?', used.staffId))
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
  return first(
    sql(
      db,
      `SELECT s.id, s.name, s.role, e.expires_at AS expiresAt FROM sessions e JOIN staff s ON s.id = e.staff_id
       WHERE e.token_hash = ? AND e.expires_at > ?`,
      tokenHash,
      now,
    ),
  )
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

interface TokenRow {
  id: string
  name: string
  created_at: number
  last_used_at: number | null
}

export async function addToken(
  db: D1Database,
  token: { id: string; name: string; tokenHash: string; now: number; actor: Actor },
): Promise<void> {
  await batch(db, [
    sql(
      db,
      'INSERT INTO tokens (id, name, token_hash, created_at) VALUES (?, ?, ?, ?)',
      token.id,
      token.name,
      token.tokenHash,
      token.now,
    ),
    recordEvent(db, { act: 'token.add', at: token.now, actor: token.actor, siteId: null, name: token.name }),
  ])
}

export async function tokens(db: D1Database): Promise<ApiToken[]> {
  const rows = await all<TokenRow>(
    sql(db, 'SELECT id, name, created_at, last_used_at FROM tokens ORDER BY created_at, id'),
  )
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    createdAt: iso(row.created_at),
    lastUsedAt: iso(row.last_used_at),
  }))
}

/** Whose API token it is, or null. Notes its use, to the hour. */
export async function tokenBy(db: D1Database, tokenHash: string, now: number): Promise<TokenRow | null> {
  const row = await first<TokenRow>(
    sql(db, 'SELECT id, name, created_at, last_used_at FROM tokens WHERE token_hash = ?', tokenHash),
  )
  if (row && now - (row.last_used_at ?? 0) > 3_600_000)
    await batch(db, [sql(db, 'UPDATE tokens SET last_used_at = ? WHERE id = ?', now, row.id)])
  return row
}

export async function removeToken(db: D1Database, id: string, actor: Actor, now: number): Promise<boolean> {
  const [removed] = await batch(db, [
    sql(db, 'DELETE FROM tokens WHERE id = ?', id),
    recordEvent(db, { act: 'token.remove', at: now, actor, siteId: null, id }, changed),
  ])
  return removed?.meta.changes === 1
}
