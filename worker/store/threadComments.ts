import type { D1Database } from '@cloudflare/workers-types'
import type { Sort } from '../contract/thread.ts'
import { all, sql } from './database.ts'

/** A comment as a thread shows it. */
export interface ShownRow {
  seq: number
  id: string
  parentId: string | null
  rootSeq: number | null
  authorId: string
  name: string
  url: string | null
  content: string
  shown: number
  createdAt: number
  editedAt: number | null
  likes: number
  replyCount: number
  branchCount: number
  pinned: number
}

/** What `ShownRow` is read from, in a query where `c` is the comment. */
export const shownColumns = `c.seq, c.id, c.root_seq AS rootSeq, c.name, c.url,
  coalesce(c.shown_content, c.content) AS content, c.shown_revision IS NOT NULL AS shown,
  c.created_at AS createdAt,
  CASE WHEN c.shown_revision = 1 THEN NULL WHEN c.shown_revision = c.revision THEN c.edited_at ELSE
    (SELECT replaced_at FROM revisions WHERE comment_seq = c.seq AND revision = c.shown_revision - 1)
  END AS editedAt,
  c.likes, c.reply_count AS replyCount, c.branch_count AS branchCount,
  c.author_public_id AS authorId, c.parent_id AS parentId, c.pinned_at IS NOT NULL AS pinned`

const isListed = 'c.root_seq IS NULL AND (c.shown_revision IS NOT NULL OR c.branch_count > 0)'

export interface RootPosition {
  seq: number
  likes: number
}

/** Which root comments of an order: those `after` a position or `before` it, or all from the start. */
export interface RootRange {
  sort: Sort
  after?: RootPosition | undefined
  before?: RootPosition | undefined
  /** Whether the position's own comment belongs to the range. */
  inclusive?: boolean
  limit: number
}

/**
 * A page of a thread's root comments, the pinned ones left out. Those before a position are the nearest
 * to it, all in the order asked for.
 */
export async function roots(db: D1Database, thread: number, range: RootRange): Promise<ShownRow[]> {
  const rows = range.sort === 'top' ? await byLikes(db, thread, range) : await bySeq(db, thread, range)
  return range.before ? rows.reverse() : rows
}

const listed = (index: string) =>
  `SELECT ${shownColumns} FROM comments c INDEXED BY ${index}
   WHERE c.thread_id = ?1 AND ${isListed} AND c.pinned_at IS NULL`

/** Which way a range goes through its index. */
const directionOf = (ascending: boolean, inclusive?: boolean) => ({
  order: ascending ? 'ASC' : 'DESC',
  beyond: ascending ? '>' : '<',
  from: `${ascending ? '>' : '<'}${inclusive ? '=' : ''}`,
})

function bySeq(db: D1Database, thread: number, range: RootRange): Promise<ShownRow[]> {
  const { sort, after, before, limit, inclusive } = range
  const ascending = (sort === 'oldest') !== Boolean(before)
  const { order, from } = directionOf(ascending, inclusive)
  const start = (before ?? after)?.seq ?? (ascending ? 0 : Number.MAX_SAFE_INTEGER)
  const text = `${listed('comments_roots')} AND c.seq ${from} ?2 ORDER BY c.seq ${order} LIMIT ?3`
  return all<ShownRow>(sql(db, text, thread, start, limit))
}

/** Two ranges of one index: those with as many likes as the position, and those beyond. */
async function byLikes(db: D1Database, thread: number, range: RootRange): Promise<ShownRow[]> {
  const { after, before, limit, inclusive } = range
  const { order, beyond, from } = directionOf(Boolean(before), inclusive)
  const position = before ?? after
  const alike = position
    ? await all<ShownRow>(
        sql(
          db,
          `${listed('comments_top')} AND c.likes = ?2 AND c.seq ${from} ?3 ORDER BY c.seq ${order} LIMIT ?4`,
          thread,
          position.likes,
          position.seq,
          limit,
        ),
      )
    : []
  if (alike.length === limit) return alike
  const others = await all<ShownRow>(
    sql(
      db,
      `${listed('comments_top')} AND c.likes ${beyond} ?2
       ORDER BY c.likes ${order}, c.seq ${order} LIMIT ?3`,
      thread,
      position?.likes ?? Number.MAX_SAFE_INTEGER,
      limit - alike.length,
    ),
  )
  return [...alike, ...others]
}

/** The pinned comments of a thread, the first pinned first. */
export async function pinned(db: D1Database, thread: number): Promise<ShownRow[]> {
  return all<ShownRow>(
    sql(
      db,
      `SELECT ${shownColumns} FROM comments c INDEXED BY comments_pinned
       WHERE c.thread_id = ? AND c.pinned_at IS NOT NULL AND c.shown_revision IS NOT NULL
       ORDER BY c.pinned_at LIMIT 10`,
      thread,
    ),
  )
}

/** Comments first shown after a version of their thread, in the order they came to be shown. */
export async function since(
  db: D1Database,
  thread: number,
  { version, limit }: { version: number; limit: number },
): Promise<ShownRow[]> {
  return all<ShownRow>(
    sql(
      db,
      `SELECT ${shownColumns} FROM comments c INDEXED BY comments_shown
       WHERE c.thread_id = ? AND c.shown_version > ? AND c.shown_revision IS NOT NULL
       ORDER BY c.shown_version LIMIT ?`,
      thread,
      version,
      limit,
    ),
  )
}

/** Badges of a site's staff, by their public id as authors. */
export async function badges(db: D1Database, siteId: string): Promise<Map<string, string>> {
  const rows = await all<{ id: string; badge: string }>(
    sql(
      db,
      `SELECT public_id AS id, badge FROM authors INDEXED BY authors_badged
       WHERE site_id = ? AND badge IS NOT NULL`,
      siteId,
    ),
  )
  return new Map(rows.map(({ id, badge }) => [id, badge]))
}

/** The first shown replies of several roots, `limit` of each, oldest first. */
export async function replies(db: D1Database, rootSeqs: number[], limit: number): Promise<ShownRow[]> {
  return all<ShownRow>(
    sql(
      db,
      `SELECT ${shownColumns} FROM json_each(?1) r CROSS JOIN comments c
       WHERE c.seq IN (
         SELECT seq FROM comments INDEXED BY comments_branch
         WHERE root_seq = r.value AND shown_revision IS NOT NULL ORDER BY seq LIMIT ?2)`,
      JSON.stringify(rootSeqs),
      limit,
    ),
  )
}

/** A page of one root's branch after a position. */
export async function branch(
  db: D1Database,
  thread: number,
  page: { root: number; after: number; limit: number },
): Promise<ShownRow[]> {
  return all<ShownRow>(
    sql(
      db,
      `SELECT ${shownColumns} FROM comments c INDEXED BY comments_branch
       WHERE c.root_seq = ? AND c.shown_revision IS NOT NULL AND c.seq > ? AND c.thread_id = ?
       ORDER BY c.seq LIMIT ?`,
      page.root,
      page.after,
      thread,
      page.limit,
    ),
  )
}
