import type { D1Database, D1PreparedStatement, D1Result } from '@cloudflare/workers-types'
import { batch, sql } from './database.ts'
import type { Target } from './reactions.ts'

/** Who likes: the hash of an author token, and the day's hash of an address where one is known. */
export interface Reader {
  hash: string
  address: string | null
}

/** Likes of one comment from one address and day. */
const mostOfAddress = 5

/** What came of a like: the comment's likes, whether this reader's is among them, and whether that is new. */
export interface Counted {
  likes: number
  counted: boolean
  changed: boolean
}

/** Adds a reader's like of a shown comment, once; an address has so many and no more. */
export async function add(db: D1Database, target: Target, reader: Reader, at: number): Promise<Counted> {
  const results = await batch<Present>(db, [
    sql(
      db,
      `INSERT INTO likes (comment_seq, reader, address, at)
       SELECT c.seq, ?2, ?3, ?4 FROM comments c
       WHERE c.seq = ?1 AND c.shown_revision IS NOT NULL AND (?3 IS NULL OR
         (SELECT count(*) FROM likes INDEXED BY likes_address WHERE comment_seq = ?1 AND address = ?3) < ?5)
       ON CONFLICT (comment_seq, reader) DO NOTHING`,
      target.seq,
      reader.hash,
      reader.address,
      at,
      mostOfAddress,
    ),
    ...counting(db, target, 1),
    present(db, target, reader),
  ])
  return countedIn(results)
}

/** Takes a reader's like of a shown comment back, and tells the likes that are left. */
export async function remove(db: D1Database, target: Target, reader: Reader): Promise<Counted> {
  const results = await batch<Present>(db, [
    sql(db, 'DELETE FROM likes WHERE comment_seq = ? AND reader = ?', target.seq, reader.hash),
    ...counting(db, target, -1),
    present(db, target, reader),
  ])
  return countedIn(results)
}

/** What follows the statement before, where that changed a row. */
const counting = (db: D1Database, { seq, threadId }: Target, by: 1 | -1): D1PreparedStatement[] => [
  sql(db, 'UPDATE comments SET likes = likes + ? WHERE seq = ? AND changes() = 1', by, seq),
  sql(db, 'UPDATE threads SET version = version + 1 WHERE id = ? AND changes() = 1', threadId),
]

interface Present {
  likes: number
  counted: number
}

const present = (db: D1Database, { seq }: Target, { hash }: Reader) =>
  sql(
    db,
    `SELECT likes, EXISTS (SELECT 1 FROM likes WHERE comment_seq = ?1 AND reader = ?2) AS counted
     FROM comments WHERE seq = ?1`,
    seq,
    hash,
  )

function countedIn(results: D1Result<Present>[]): Counted {
  const row = results.at(-1)?.results[0]
  return { likes: row?.likes ?? 0, counted: row?.counted === 1, changed: results[0]?.meta.changes === 1 }
}
