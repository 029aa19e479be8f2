import type { D1Database } from '@cloudflare/workers-types'
import { all, sql } from './database.ts'

/** Authors and comments that are looked at together for what was erased before. */
const mostErased = 5

/**
 * What the log says was erased, or withdrawn by its author, and has its words again: an older export brought them.
 *
 * @returns public ids of authors and ids of comments, some of them where they are many
 */
export async function erasedBefore(db: D1Database): Promise<{ authors: string[]; comments: string[] }> {
  const ofAct = (act: string) =>
    `FROM events e INDEXED BY events_act CROSS JOIN %s WHERE e.act = '${act}' AND e.logged = 1
       AND e.act NOT IN ('comment.approve', 'comment.spam')`
  const [authors, comments] = await Promise.all([
    all<{ id: string }>(
      sql(
        db,
        `SELECT DISTINCT a.public_id AS id ${ofAct('author.erase').replace('%s', "authors a ON a.public_id = e.details ->> 'value'")}
           AND EXISTS (SELECT 1 FROM comments c INDEXED BY comments_author WHERE c.author_id = a.id AND c.erased = 0)
         LIMIT ${mostErased}`,
      ),
    ),
    all<{ id: string }>(
      sql(
        db,
        `SELECT DISTINCT c.id ${ofAct('comment.withdraw').replace('%s', 'comments c ON c.id = e.comment_id')}
           AND c.erased = 0 LIMIT ${mostErased}`,
      ),
    ),
  ])
  return { authors: authors.map(({ id }) => id), comments: comments.map(({ id }) => id) }
}
