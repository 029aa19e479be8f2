import type { D1Database } from '@cloudflare/workers-types'
import { first, sql } from './database.ts'

interface Writer {
  threadId: number
  /** The number of an author who wrote before. */
  author: number | null
  /** The hash of an address; null where it says nothing of who writes, or need not. */
  address: string | null
  /** Milliseconds since the epoch. */
  since: number
}

/** So many of somebody's latest comments are looked at. */
const most = 100

/** When an author, or somebody at an address, last wrote in a thread since some time; null where they did not. */
export async function lastWritten(db: D1Database, writer: Writer): Promise<number | null> {
  const { threadId, author, address, since } = writer
  const row = await first<{ at: number | null }>(
    sql(
      db,
      `SELECT max(created_at) AS at FROM (
         SELECT * FROM (SELECT thread_id, created_at FROM comments INDEXED BY comments_author
           WHERE author_id = ?1 AND created_at > ?3 ORDER BY created_at DESC LIMIT ${most})
         UNION ALL
         SELECT * FROM (SELECT thread_id, created_at FROM comments INDEXED BY comments_address
           WHERE address = ?2 ORDER BY seq DESC LIMIT ${most}))
       WHERE thread_id = ?4 AND created_at > ?3`,
      author,
      address,
      since,
      threadId,
    ),
  )
  return row?.at ?? null
}
