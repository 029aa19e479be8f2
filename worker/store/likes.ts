import type { D1Database, D1PreparedStatement, D1Result } from '@cloudflare/workers-types'
import { batch, changed, sql } from './database.ts'
import { spending } from './dayBudget.ts'
import type { Reader, Target } from './reactions.ts'

/** Likes of one comment and day by strangers of one customer, and of one network: tokens cost nothing. */
const most = { customer: 5, network: 10 }

/** What came of a like: the comment's likes, whether this reader's is among them, and whether that is new. */
export interface Counted {
  likes: number
  counted: boolean
  changed: boolean
}

/**
 * Adds a reader's like of a shown comment, once. The strangers of a network have so many and no more; whom people
 * approved before counts whatever others do.
 */
export async function add(db: D1Database, target: Target, reader: Reader, at: number): Promise<Counted> {
  const { customer, network } = reader.known ? { customer: null, network: null } : reader
  const results = await batch<Present>(db, [
    sql(
      db,
      `INSERT INTO likes (comment_seq, reader, customer, network, at)
       SELECT c.seq, ?2, ?3, ?4, ?5 FROM comments c
       WHERE c.seq = ?1 AND c.shown_revision IS NOT NULL AND (?4 IS NULL OR
         (SELECT count(*) < ?7 AND total(customer = ?3) < ?6
          FROM likes INDEXED BY likes_network WHERE comment_seq = ?1 AND network = ?4))
       ON CONFLICT (comment_seq, reader) DO NOTHING`,
      target.seq,
      reader.hash,
      customer,
      network,
      at,
      most.customer,
      most.network,
    ),
    ...counting(db, target, 1),
    ...spending(db, reader.spends, changed),
    present(db, target, reader),
  ])
  return countedIn(results)
}

/** Takes a reader's like of a shown comment back, and tells the likes that are left. */
export async function remove(db: D1Database, target: Target, reader: Reader): Promise<Counted> {
  const results = await batch<Present>(db, [
    sql(db, 'DELETE FROM likes WHERE comment_seq = ? AND reader = ?', target.seq, reader.hash),
    ...counting(db, target, -1),
    ...spending(db, reader.spends, changed),
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
