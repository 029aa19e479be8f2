import type { D1Database } from '@cloudflare/workers-types'
import { all, batch, changed, first, iso, sql } from './database.ts'
import type { Actor } from './decidedComments.ts'
import { recordEvent } from './events.ts'
import { type Moderator, moderatorOf, type StaffRow, staffColumns } from './staff.ts'
import { type Once, useUp } from './usedChallenges.ts'

/** An account at a provider, by what that calls it for good. */
interface Account {
  issuer: string
  subject: string
  label: string
}

/** What is kept of a connected account, as its owner sees it. */
interface Row {
  id: string
  provider: string
  label: string
  createdAt: number
  lastUsedAt: number | null
}

/** Somebody's connected accounts, the latest first. */
export async function list(db: D1Database, staffId: string) {
  const rows = await all<Row>(
    sql(
      db,
      `SELECT id, provider, label, created_at AS createdAt, last_used_at AS lastUsedAt FROM connected_accounts
       WHERE staff_id = ? ORDER BY created_at DESC, id`,
      staffId,
    ),
  )
  return rows.map((row) => ({ ...row, createdAt: iso(row.createdAt), lastUsedAt: iso(row.lastUsedAt) }))
}

interface Connecting {
  id: string
  provider: { id: string; name: string }
  /** Whose it is to be. */
  actor: Actor
  /** By what they set out, or null where they need not. */
  attempt: Once | null
  now: number
}

/** Connects an account with somebody. @returns whether it is theirs now: not where it is another’s, or they are gone */
export async function connect(
  db: D1Database,
  { issuer, subject, label }: Account,
  { id, provider, actor, attempt, now }: Connecting,
): Promise<boolean> {
  const results = await batch<{ staffId: string }>(db, [
    ...(attempt ? useUp(db, attempt, now) : [sql(db, 'SELECT 1')]),
    sql(
      db,
      `INSERT INTO connected_accounts (issuer, subject, id, staff_id, provider, label, created_at)
       SELECT ?, ?, ?, id, ?, ?, ? FROM staff WHERE id = ? AND removed_at IS NULL ${attempt ? 'AND changes() = 1' : ''}
       ON CONFLICT DO NOTHING`,
      ...[issuer, subject, id, provider.id, label, now, actor.id],
    ),
    recordEvent(db, { act: 'account.connect', at: now, actor, siteId: null, name: provider.name }, changed),
    sql(
      db,
      'SELECT staff_id AS staffId FROM connected_accounts WHERE issuer = ? AND subject = ?',
      issuer,
      subject,
    ),
  ])
  return results.at(-1)?.results[0]?.staffId === actor.id
}

/** Whose account it is, or null where nobody has connected it. */
export async function find(db: D1Database, { issuer, subject }: Account): Promise<Moderator | null> {
  const row = await first<StaffRow>(
    sql(
      db,
      `SELECT ${staffColumns} FROM connected_accounts a JOIN staff s ON s.id = a.staff_id
       WHERE a.issuer = ? AND a.subject = ? AND s.removed_at IS NULL`,
      issuer,
      subject,
    ),
  )
  return row && moderatorOf(row)
}

/** Notes that an account was used; false where what its owner set out by was used before. */
export async function use(
  db: D1Database,
  { issuer, subject, label }: Account,
  { attempt, now }: { attempt: Once | null; now: number },
): Promise<boolean> {
  const results = await batch(db, [
    ...(attempt ? useUp(db, attempt, now) : []),
    sql(
      db,
      `UPDATE connected_accounts SET last_used_at = ?, label = ? WHERE issuer = ? AND subject = ?
       ${attempt ? 'AND changes() = 1' : ''}`,
      ...[now, label, issuer, subject],
    ),
  ])
  return results.at(-1)?.meta.changes === 1
}

/** Takes one’s own account away; false where there is none. @param name what its provider is called */
export async function remove(
  db: D1Database,
  { id, name, actor, now }: { id: string; name: string; actor: Actor; now: number },
): Promise<boolean> {
  const [removed] = await batch(db, [
    sql(db, 'DELETE FROM connected_accounts WHERE id = ? AND staff_id = ?', id, actor.id),
    recordEvent(db, { act: 'account.disconnect', at: now, actor, siteId: null, name }, changed),
  ])
  return removed?.meta.changes === 1
}
