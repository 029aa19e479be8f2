import type { D1Database } from '@cloudflare/workers-types'
import { batch, type Condition, first, sql } from './database.ts'
import { find, type Moderator } from './staff.ts'
import * as staffMail from './staffMail.ts'

/** A link that signs a member of staff in, once. */
export interface SignInLink {
  tokenHash: string
  staffId: string
  expiresAt: number
  /** The address that it is sent to: who follows it reads what is sent there. */
  sentTo?: string
}

export async function add(db: D1Database, link: SignInLink): Promise<void> {
  await batch(db, [adding(db, link)])
}

/** A statement that adds a link, where a condition holds. */
export const adding = (
  db: D1Database,
  { tokenHash, staffId, expiresAt, sentTo }: SignInLink,
  { text, values }: Condition = { text: 'TRUE', values: [] },
) =>
  sql(
    db,
    `INSERT INTO sign_in_links (token_hash, staff_id, expires_at, sent_to) SELECT ?, ?, ?, ? WHERE ${text}
     ON CONFLICT DO NOTHING`,
    tokenHash,
    staffId,
    expiresAt,
    sentTo ?? null,
    ...values,
  )

/** Who a link was for, and the address that is confirmed by it. */
interface UsedLink {
  moderator: Moderator
  sentTo: string | null
}

/**
 * Uses up a link, and confirms the address that it was sent to.
 *
 * @returns who it was for, or null when it is unknown, used or expired
 */
export async function use(db: D1Database, tokenHash: string, now: number): Promise<UsedLink | null> {
  const used = await first<{ staffId: string; sentTo: string | null }>(
    sql(
      db,
      `DELETE FROM sign_in_links WHERE token_hash = ? AND expires_at > ?
       RETURNING staff_id AS staffId, sent_to AS sentTo`,
      tokenHash,
      now,
    ),
  )
  if (used?.sentTo) await staffMail.confirm(db, { staffId: used.staffId, address: used.sentTo })
  const moderator = used && (await find(db, { column: 'id', value: used.staffId }))
  return moderator && { moderator, sentTo: used.sentTo }
}

/** When an invitation's link ends, or null where there is none; and whether its person has signed in. */
export async function invitationOf(
  db: D1Database,
  { tokenHash, staffId }: Pick<SignInLink, 'tokenHash' | 'staffId'>,
): Promise<{ expiresAt: number | null; cameBefore: boolean }> {
  const text = `SELECT l.expires_at AS expiresAt, s.seen_at IS NOT NULL AS cameBefore
    FROM staff s LEFT JOIN sign_in_links l ON l.token_hash = ? WHERE s.id = ?`
  const row = await first<{ expiresAt: number | null; cameBefore: number }>(sql(db, text, tokenHash, staffId))
  return { expiresAt: row?.expiresAt ?? null, cameBefore: row?.cameBefore === 1 }
}

/** A statement that ends the links of somebody who comes for the first time: one of them was enough. */
export const endingInvitations = (db: D1Database, staffId: string) =>
  sql(
    db,
    'DELETE FROM sign_in_links WHERE staff_id = ?1 AND (SELECT seen_at FROM staff WHERE id = ?1) IS NULL',
    staffId,
  )
