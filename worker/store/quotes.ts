import type { D1Database } from '@cloudflare/workers-types'
import { mostAnswers, mostQuoted } from '../contract/quotes.ts'
import type { Status } from '../contract/status.ts'
import { all, sql } from './database.ts'

/** A comment that others may have quoted. */
export interface QuotedRow {
  seq: number
  rootSeq: number
  body: string
  erased: number
}

/** A comment of somebody else in the same branch. */
export interface AnswerRow {
  id: string
  parentSeq: number
  rootSeq: number
  name: string
  body: string
  status: Status
  key: string
  title: string
  createdAt: number
}

/** The latest comments of an author, whether or not they have words. @param author its number */
export const quotedOf = (db: D1Database, author: number): Promise<QuotedRow[]> =>
  all(
    sql(
      db,
      `SELECT seq, coalesce(root_seq, seq) AS rootSeq, body, erased FROM comments INDEXED BY comments_author
       WHERE author_id = ? ORDER BY created_at DESC, seq DESC LIMIT ${mostQuoted}`,
      author,
    ),
  )

/**
 * Comments of others with words in some branches, and whether these have more comments than are looked at.
 *
 * @param roots numbers of the comments that begin them
 */
export async function answersIn(
  db: D1Database,
  { roots, author }: { roots: number[]; author: number },
): Promise<{ answers: AnswerRow[]; more: boolean }> {
  const rows = await all<AnswerRow & { counts: number }>(
    sql(
      db,
      `SELECT c.id, c.parent_seq AS parentSeq, c.root_seq AS rootSeq, c.name, iif(${isOthers}, c.body, '') AS body,
         c.status, t.key, ${isOthers} AS counts,
         coalesce(t.given_title, t.title) AS title, c.created_at AS createdAt
       FROM (SELECT b.seq FROM json_each(?1) x CROSS JOIN comments b INDEXED BY comments_root ON b.root_seq = x.value
           WHERE b.root_seq IS NOT NULL LIMIT ${mostAnswers + 1}) o
         CROSS JOIN comments c ON c.seq = o.seq CROSS JOIN threads t ON t.id = c.thread_id`,
      JSON.stringify(roots),
      author,
    ),
  )
  return {
    answers: rows.slice(0, mostAnswers).filter(({ counts }) => counts),
    more: rows.length > mostAnswers,
  }
}

/** Whether a comment `c` is somebody else's and has words, in a query. */
const isOthers = '(c.author_id <> ?2 AND c.erased = 0)'
