import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { Sort } from '../contract/thread.ts'
import { loadLong } from './contents.ts'
import { all, sql } from './database.ts'
import { columnsOf, rowsOfValues, type ShownRow, shownColumns, shownValues } from './shownRow.ts'
import { versionOf } from './threads.ts'
import { byTime, inTime } from './timeOrder.ts'

/** A thread as readers name it. */
export interface NamedThread {
  siteId: string
  key: string
  /** Nothing is read of it while it has this version. */
  unless?: number | undefined
}

/** What a query binds first, to say `c.thread_id = ${threadId}`. */
export const naming = ({ siteId, key, unless = -1 }: NamedThread) => [siteId, key, unless]
export const threadId = `(SELECT coalesce(t.moved_to, t.id) FROM threads t WHERE site_id = ?1 AND key = ?2
  AND CASE WHEN t.moved_to IS NULL THEN ${versionOf('t')}
    ELSE (SELECT ${versionOf('m')} FROM threads m WHERE m.id = t.moved_to) END <> ?3)`

/** A root comment with its first shown replies, oldest first. */
export interface ShownRoot extends ShownRow {
  replies: ShownRow[]
}

/** Replies shown under a root before one asks for more. */
export const firstReplies = 10

/** The root `r` with its replies, as they come with it in one query: so a page is read in one round trip. */
const rootColumns = `${columnsOf('r')}, CASE WHEN r.branch_count > 0 THEN (
  SELECT json_group_array(${shownValues}) FROM (SELECT ${shownColumns} FROM comments c INDEXED BY comments_branch
    WHERE c.root_seq = r.seq AND c.shown_revision IS NOT NULL ORDER BY ${byTime('c', 'ASC')} LIMIT ${firstReplies})) END AS replies`

async function withReplies(db: D1Database, statement: D1PreparedStatement): Promise<ShownRoot[]> {
  const rows = await all<ShownRow & { replies: string | null }>(statement)
  const roots = rows.map(({ replies, ...root }) => {
    const branch = rowsOfValues(replies ?? '[]')
    branch.sort((one, other) => one.createdAt - other.createdAt || one.seq - other.seq)
    return { ...root, replies: branch }
  })
  await loadLong(
    db,
    roots.flatMap((root) => [root, ...root.replies]),
  )
  return roots
}

/** Comments without what hangs on them. */
export async function alone(db: D1Database, statement: D1PreparedStatement): Promise<ShownRow[]> {
  const rows = await all<ShownRow>(statement)
  await loadLong(db, rows)
  return rows
}

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
export async function roots(db: D1Database, thread: NamedThread, range: RootRange): Promise<ShownRoot[]> {
  const rows = await (range.sort === 'top' ? rootsByLikes(db, thread, range) : rootsByTime(db, thread, range))
  return range.before ? rows.reverse() : rows
}

/** Holds for a root in the list of its thread: pinned ones are apart. */
export const isListed = (root: string) => `${root}.root_seq IS NULL
  AND (${root}.shown_revision IS NOT NULL OR ${root}.branch_count > 0) AND ${root}.pinned_at IS NULL`

const listed = (index: string, condition: string) =>
  `SELECT ${rootColumns} FROM comments r INDEXED BY ${index}
   WHERE r.thread_id = ${threadId} AND ${isListed('r')} AND ${condition}`

function rootsByTime(db: D1Database, thread: NamedThread, range: RootRange): Promise<ShownRoot[]> {
  const { sort, after, before, limit, inclusive } = range
  const position = before ?? after
  const text = inTime('r', (condition) => listed('comments_roots', condition), {
    order: (sort === 'oldest') !== Boolean(before) ? 'ASC' : 'DESC',
    ...{ from: position ? '?5' : null, inclusive, limit: '?4' },
  })
  return withReplies(db, sql(db, text, ...naming(thread), limit, ...(position ? [position.seq] : [])))
}

/** Those with as many likes as the position, and those beyond. */
function rootsByLikes(db: D1Database, thread: NamedThread, range: RootRange): Promise<ShownRoot[]> {
  const { after, before, limit, inclusive } = range
  const order = before ? 'ASC' : 'DESC'
  const position = before ?? after
  const others = (likes: string) => `${listed('comments_top', `r.likes ${before ? '>' : '<'} ${likes}`)}
    ORDER BY r.likes ${order}, ${byTime('r', order)} LIMIT ?4`
  if (!position)
    return withReplies(db, sql(db, others(`${Number.MAX_SAFE_INTEGER}`), ...naming(thread), limit))
  const withAsMany = (condition: string) => listed('comments_top', `r.likes = ?5 AND ${condition}`)
  const alike = inTime('r', withAsMany, { order, from: '?6', inclusive, limit: '?4' })
  const text = `SELECT * FROM (${alike}) UNION ALL SELECT * FROM (${others('?5')}) LIMIT ?4`
  return withReplies(db, sql(db, text, ...naming(thread), limit, position.likes, position.seq))
}

/** The pinned comments of a thread, the first pinned first. */
export async function pinned(db: D1Database, thread: NamedThread): Promise<ShownRoot[]> {
  return withReplies(
    db,
    sql(
      db,
      `SELECT ${rootColumns} FROM comments r INDEXED BY comments_pinned
       WHERE r.thread_id = ${threadId} AND r.pinned_at IS NOT NULL AND r.shown_revision IS NOT NULL
       ORDER BY r.pinned_at LIMIT 10`,
      ...naming(thread),
    ),
  )
}

/** Comments that came to be shown after a version of their thread, or have another text since, in that order. */
export async function since(
  db: D1Database,
  thread: NamedThread,
  { version, limit }: { version: number; limit: number },
): Promise<ShownRow[]> {
  return alone(
    db,
    sql(
      db,
      `SELECT ${shownColumns} FROM comments c INDEXED BY comments_shown
       WHERE c.thread_id = ${threadId} AND c.shown_version > ?4 AND c.shown_revision IS NOT NULL
       ORDER BY c.shown_version LIMIT ?5`,
      ...naming(thread),
      version,
      limit,
    ),
  )
}

/** A page of one root's branch: its start, or what comes after a comment of it or from it on. */
export async function branch(
  db: D1Database,
  { root, seq, inclusive, limit }: { root: number; seq: number | null; inclusive?: boolean; limit: number },
): Promise<ShownRow[]> {
  const text = inTime(
    'c',
    (condition) => `SELECT ${shownColumns} FROM comments c INDEXED BY comments_branch
       WHERE c.root_seq = ?1 AND c.shown_revision IS NOT NULL AND ${condition}`,
    { order: 'ASC', from: seq === null ? null : '?3', inclusive, limit: '?2' },
  )
  return alone(db, sql(db, text, root, limit, ...(seq === null ? [] : [seq])))
}
