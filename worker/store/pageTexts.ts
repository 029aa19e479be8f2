import type { D1Database } from '@cloudflare/workers-types'
import { all, sql } from './database.ts'

/** Longest beginning of a comment that is looked at for the words of its page, in code points. */
const longestLookedAt = 500

/** The texts of a page's latest approved comments, from their beginnings. */
export async function latestApproved(db: D1Database, threadId: number, most: number): Promise<string[]> {
  const rows = await all<{ body: string }>(
    sql(
      db,
      `SELECT substr(body, 1, ${longestLookedAt}) AS body FROM comments INDEXED BY comments_thread
       WHERE thread_id = ? AND status = 'approved' ORDER BY created_at DESC, seq DESC LIMIT ?`,
      threadId,
      most,
    ),
  )
  return rows.map(({ body }) => body)
}
