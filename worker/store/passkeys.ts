import type { D1Database } from '@cloudflare/workers-types'
import type { Passkey } from '../contract/passkeys.ts'
import { all, batch, changed, first, iso, sql } from './database.ts'
import type { Actor } from './decidedComments.ts'
import { recordEvent } from './events.ts'
import { type Moderator, moderatorOf, type StaffRow, staffColumns } from './staff.ts'
import { type Once, useUp } from './usedChallenges.ts'

interface Row {
  id: string
  name: string
  host: string
  synced: number
  createdAt: number
  lastUsedAt: number | null
}

const columns = 'id, name, host, synced, created_at AS createdAt, last_used_at AS lastUsedAt'

const passkeyOf = ({ id, name, host, synced, createdAt, lastUsedAt }: Row): Passkey => ({
  ...{ id, name, host, synced: synced === 1 },
  createdAt: iso(createdAt),
  lastUsedAt: iso(lastUsedAt),
})

/** Somebody's passkeys, the latest first. */
export async function list(db: D1Database, staffId: string): Promise<Passkey[]> {
  const rows = await all<Row>(
    sql(db, `SELECT ${columns} FROM passkeys WHERE staff_id = ? ORDER BY created_at DESC, id`, staffId),
  )
  return rows.map(passkeyOf)
}

/** The credentials that somebody has on a host, so that no authenticator makes a second one. */
export async function credentials(
  db: D1Database,
  staffId: string,
  host: string,
): Promise<{ id: string; transports: string[] }[]> {
  const rows = await all<{ id: string; transports: string }>(
    sql(db, 'SELECT id, transports FROM passkeys WHERE staff_id = ? AND host = ?', staffId, host),
  )
  return rows.map(({ id, transports }) => ({ id, transports: JSON.parse(transports) }))
}

export interface NewPasskey {
  id: string
  name: string
  host: string
  publicKey: string
  counter: number
  transports: string[]
  synced: boolean
}

/**
 * Adds a passkey by using up the challenge that it was made for.
 *
 * @param most passkeys that somebody may have
 * @returns false where it is there already, the challenge was used before, or they have as many as they may
 */
export async function add(
  db: D1Database,
  passkey: NewPasskey,
  { actor, challenge, most, now }: { actor: Actor; challenge: Once; most: number; now: number },
): Promise<boolean> {
  const { id, name, host, publicKey, counter, transports, synced } = passkey
  const results = await batch(db, [
    ...useUp(db, challenge, now),
    sql(
      db,
      `INSERT INTO passkeys (id, staff_id, name, host, public_key, counter, transports, synced, created_at)
       SELECT ?, ?2, ?, ?, ?, ?, ?, ?, ?
       WHERE changes() = 1 AND (SELECT count(*) FROM passkeys WHERE staff_id = ?2) < ? ON CONFLICT DO NOTHING`,
      ...[
        id,
        actor.id,
        name,
        host,
        publicKey,
        counter,
        JSON.stringify(transports),
        Number(synced),
        now,
        most,
      ],
    ),
    recordEvent(db, { act: 'passkey.add', at: now, actor, siteId: null, name }, changed),
  ])
  return results[2]?.meta.changes === 1
}

/** A passkey as it is asked to sign somebody in. */
export interface Known {
  credential: { id: string; publicKey: string; counter: number }
  host: string
  moderator: Moderator
}

/** Whose passkey it is, or null when there is none. */
export async function find(db: D1Database, id: string): Promise<Known | null> {
  const row = await first<StaffRow & { host: string; publicKey: string; counter: number }>(
    sql(
      db,
      `SELECT ${staffColumns}, p.host, p.public_key AS publicKey, p.counter
       FROM passkeys p JOIN staff s ON s.id = p.staff_id WHERE p.id = ? AND s.removed_at IS NULL`,
      id,
    ),
  )
  if (!row) return null
  const { host, publicKey, counter, ...moderator } = row
  return { credential: { id, publicKey, counter }, host, moderator: moderatorOf(moderator) }
}

/** Notes that a passkey was used for a challenge; false where that was used before. */
export async function use(
  db: D1Database,
  { id, counter, challenge, now }: { id: string; counter: number; challenge: Once; now: number },
): Promise<boolean> {
  const results = await batch(db, [
    ...useUp(db, challenge, now),
    sql(
      db,
      'UPDATE passkeys SET counter = ?, last_used_at = ? WHERE id = ? AND changes() = 1',
      ...[counter, now, id],
    ),
  ])
  return results[2]?.meta.changes === 1
}

/** Calls one's own passkey something else; null where there is none. */
export async function rename(
  db: D1Database,
  { id, name, actor, now }: { id: string; name: string; actor: Actor; now: number },
): Promise<Passkey | null> {
  const [renamed] = await batch<Row>(db, [
    sql(
      db,
      `UPDATE passkeys SET name = ? WHERE id = ? AND staff_id = ? RETURNING ${columns}`,
      ...[name, id, actor.id],
    ),
    recordEvent(db, { act: 'passkey.rename', at: now, actor, siteId: null, name }, changed),
  ])
  const row = renamed?.results[0]
  return row ? passkeyOf(row) : null
}

/** Removes one's own passkey; false where there is none. */
export async function remove(
  db: D1Database,
  { id, actor, now }: { id: string; actor: Actor; now: number },
): Promise<boolean> {
  const row = await first<{ name: string }>(
    sql(db, 'SELECT name FROM passkeys WHERE id = ? AND staff_id = ?', id, actor.id),
  )
  if (!row) return false
  const [removed] = await batch(db, [
    sql(db, 'DELETE FROM passkeys WHERE id = ? AND staff_id = ?', id, actor.id),
    recordEvent(db, { act: 'passkey.remove', at: now, actor, siteId: null, name: row.name }, changed),
  ])
  return removed?.meta.changes === 1
}
