import type { D1Database } from '@cloudflare/workers-types'
import { first, sql } from './database.ts'

/** What idempotency asks of an id. */
export interface Receipt {
  requestHash: string
  tokenHash: string
  createdAt: number
  /** 1 as long as nobody, and no screening, has ever decided it. */
  undecided: number
}

/** What was stored under an id before, or null. */
export async function receiptOf(db: D1Database, id: string): Promise<Receipt | null> {
  return first<Receipt>(
    sql(
      db,
      `SELECT substr(c.request_hash, 1, 22) AS requestHash, a.token_hash AS tokenHash, c.created_at AS createdAt,
         NOT EXISTS (SELECT 1 FROM decisions d WHERE d.comment_seq = c.seq) AS undecided
       FROM comments c JOIN authors a ON a.id = c.author_id WHERE c.id = ?`,
      id,
    ),
  )
}
