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

/** SQL of an author, an address and a thread, and since when. */
type Asked = Record<'author' | 'address' | 'thread' | 'since', string>

/** A query of when an author, or somebody at an address, wrote in a thread since some time. */
export const writtenSince = ({ author, address, thread, since }: Asked): string =>
  `SELECT created_at FROM (
     SELECT * FROM (SELECT thread_id, created_at FROM comments INDEXED BY comments_author
       WHERE author_id = ${author} AND created_at > ${since} ORDER BY created_at DESC LIMIT ${most})
     UNION ALL
     SELECT * FROM (SELECT thread_id, created_at FROM comments INDEXED BY comments_address
       WHERE address = ${address} ORDER BY seq DESC LIMIT ${most}))
   WHERE thread_id = ${thread} AND created_at > ${since}`

/** When an author, or somebody at an address, last wrote in a thread since some time; null where they did not. */
export async function lastWritten(db: D1Database, writer: Writer): Promise<number | null> {
  const { threadId, author, address, since } = writer
  const row = await first<{ at: number | null }>(
    sql(
      db,
      `SELECT max(created_at) AS at FROM (${writtenSince({ author: '?1', address: '?2', since: '?3', thread: '?4' })})`,
      author,
      address,
      since,
      threadId,
    ),
  )
  return row?.at ?? null
}
