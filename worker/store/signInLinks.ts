import type { D1Database } from '@cloudflare/workers-types'
import { batch, type Condition, first, sql } from './database.ts'
import { find, type Moderator } from './staff.ts'

/** A link that signs a member of staff in, once. */
export interface SignInLink {
  tokenHash: string
  staffId: string
  expiresAt: number
}

export async function add(db: D1Database, link: SignInLink): Promise<void> {
  await batch(db, [adding(db, link)])
}

/** A statement that adds a link, where a condition holds. */
export const adding = (
  db: D1Database,
  { tokenHash, staffId, expiresAt }: SignInLink,
  { text, values }: Condition = { text: 'TRUE', values: [] },
) =>
  sql(
    db,
    `INSERT INTO sign_in_links (token_hash, staff_id, expires_at) SELECT ?, ?, ? WHERE ${text}
     ON CONFLICT DO NOTHING`,
    tokenHash,
    staffId,
    expiresAt,
    ...values,
  )

/** Uses up a link; who it was for, or null when it is unknown, used or expired. */
export async function use(db: D1Database, tokenHash: string, now: number): Promise<Moderator | null> {
  const used = await first<{ staffId: string }>(
    sql(
      db,
      'DELETE FROM sign_in_links WHERE token_hash = ? AND expires_at > ? RETURNING staff_id AS staffId',
      tokenHash,
      now,
    ),
  )
  return used && find(db, { column: 'id', value: used.staffId })
}
