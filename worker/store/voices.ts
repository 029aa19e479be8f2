import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import { batch, changed, first, sql } from './database.ts'
import { recordEvent } from './events.ts'
import { actorOf, type Moderator, moderatorOf, type StaffRow, staffColumns } from './staff.ts'

/** Keeps a code that lets a page of a site write for somebody of the staff, as long as their session lasts. */
export async function give(
  db: D1Database,
  voice: { codeHash: string; sessionId: string; siteId: string; expiresAt: number },
): Promise<void> {
  await batch(db, [
    sql(
      db,
      'INSERT INTO voices (secret_hash, session_id, site_id, expires_at) VALUES (?, ?, ?, ?)',
      voice.codeHash,
      voice.sessionId,
      voice.siteId,
      voice.expiresAt,
    ),
  ])
}

/** The secret of a voice, by its hash, on a site. */
interface Secret {
  hash: string
  siteId: string
  now: number
}

/** Who speaks by a code (`taken` is false) or a token; null where it is unknown, over, or their session is. */
export async function speaker(
  db: D1Database,
  { hash, siteId, now }: Secret,
  taken: boolean,
): Promise<Moderator | null> {
  const row = await first<StaffRow>(
    sql(
      db,
      `SELECT ${staffColumns} FROM voices o JOIN sessions e ON e.id = o.session_id JOIN staff s ON s.id = e.staff_id
       WHERE o.secret_hash = ?1 AND o.site_id = ?2 AND o.taken = ?3 AND o.expires_at > ?4 AND e.expires_at > ?4
         AND s.removed_at IS NULL`,
      hash,
      siteId,
      taken ? 1 : 0,
      now,
    ),
  )
  return row && moderatorOf(row)
}

/** Puts a token in place of a code. @returns whether nobody did before */
export async function take(
  db: D1Database,
  { hash, siteId, now }: Secret,
  token: { hash: string; expiresAt: number; of: Moderator },
): Promise<boolean> {
  const [taken] = await batch(db, [
    sql(
      db,
      'UPDATE voices SET secret_hash = ?, taken = 1, expires_at = ? WHERE secret_hash = ? AND taken = 0 AND expires_at > ?',
      token.hash,
      token.expiresAt,
      hash,
      now,
    ),
    recordEvent(db, { act: 'voice.start', at: now, actor: actorOf(token.of), siteId }, changed),
  ])
  return taken?.meta.changes === 1
}

/** Ends a token. */
export async function end(db: D1Database, { hash, siteId, now }: Secret, of: Moderator): Promise<void> {
  await batch(db, [
    sql(db, 'DELETE FROM voices WHERE secret_hash = ?', hash),
    recordEvent(db, { act: 'voice.end', at: now, actor: actorOf(of), siteId }, changed),
  ])
}

/** A statement that forgets those that are over. */
export const forgetting = (db: D1Database, now: number): D1PreparedStatement =>
  sql(db, 'DELETE FROM voices WHERE expires_at < ?', now)
