import type { D1Database } from '@cloudflare/workers-types'
import { first, sql } from './database.ts'
import type { Act } from './dayBudget.ts'

/** Who likes or flags. */
export interface Reader {
  /** Of an author token. */
  hash: string
  /** Whether people approved a comment of theirs on the site. */
  known: boolean
  /** The day's hashes of what one customer is given and of the network around it, where they are known. */
  customer: string | null
  network: string | null
  /** Counted for their network. */
  spends: Act | null
}

/** A shown comment that a reader likes or flags. */
export interface Target {
  seq: number
  siteId: string
  threadId: number
  /** 1 where the reader wrote it. */
  own: number
}

/** The shown comment of an id, as a reader stands to it; null for what no reader sees. */
export async function target(
  db: D1Database,
  siteId: string,
  id: string,
  reader: string,
): Promise<Target | null> {
  return first<Target>(
    sql(
      db,
      `SELECT c.seq, c.site_id AS siteId, c.thread_id AS threadId, a.token_hash = ? AS own
       FROM comments c JOIN authors a ON a.id = c.author_id
       WHERE c.id = ? AND c.site_id = ? AND c.shown_revision IS NOT NULL`,
      reader,
      id,
      siteId,
    ),
  )
}
