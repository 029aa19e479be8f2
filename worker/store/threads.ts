import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { Sort } from '../contract.ts'
import * as auditLog from './auditLog.ts'
import { all, batch, first, sql } from './database.ts'
import type { Actor } from './decisions.ts'

export interface Thread {
  id: number
  key: string
  url: string
  title: string
  count: number
  version: number
  closedAt: number | null
  /** 1 where every comment waits for a person. */
  checked: number
}

const threadColumns = 'id, key, url, title, count, version, closed_at AS closedAt, checked'

export async function find(db: D1Database, siteId: string, key: string): Promise<Thread | null> {
  return first<Thread>(
    sql(db, `SELECT ${threadColumns} FROM threads WHERE site_id = ? AND key = ?`, siteId, key),
  )
}

/** Shown comments of several threads; those without any are left out. */
export async function counts(db: D1Database, siteId: string, keys: string[]): Promise<Map<string, number>> {
  const rows = await all<{ key: string; count: number }>(
    sql(
      db,
      'SELECT key, count FROM threads WHERE site_id = ? AND key IN (SELECT value FROM json_each(?))',
      siteId,
      JSON.stringify(keys),
    ),
  )
  return new Map(rows.map(({ key, count }) => [key, count]))
}

/** Makes a thread unless it is there; part of a comment's insertion. It is nameless until a comment is shown. */
export function ensure(
  db: D1Database,
  thread: { siteId: string; key: string; now: number },
): D1PreparedStatement {
  return sql(
    db,
    'INSERT INTO threads (site_id, key, created_at) VALUES (?, ?, ?) ON CONFLICT (site_id, key) DO NOTHING',
    thread.siteId,
    thread.key,
    thread.now,
  )
}

/** What is done to a whole thread, with the column that it writes. */
const columns = {
  'thread.close': 'closed_at',
  'thread.reopen': 'closed_at',
  'thread.check': 'checked',
  'thread.uncheck': 'checked',
}
export type ThreadAct = keyof typeof columns

/** Closes, reopens, checks or unchecks a thread. False when there is none. */
export async function change(
  db: D1Database,
  id: number,
  act: ThreadAct,
  { actor, at }: { actor: Actor; at: number },
): Promise<boolean> {
  const thread = await first<{ siteId: string; key: string }>(
    sql(db, 'SELECT site_id AS siteId, key FROM threads WHERE id = ?', id),
  )
  if (!thread) return false
  const { siteId, key } = thread
  const value = { 'thread.close': at, 'thread.reopen': null, 'thread.check': 1, 'thread.uncheck': 0 }[act]
  await batch(db, [
    sql(db, `UPDATE threads SET ${columns[act]} = ?, version = version + 1 WHERE id = ?`, value, id),
    sql(db, 'UPDATE tallies SET version = version + 1 WHERE site_id = ?', siteId),
    auditLog.append(db, { at, actor, act, siteId, details: { key } }),
  ])
  return true
}

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
}

const shownColumns = `c.seq, c.id, c.root_seq AS rootSeq, c.name, c.url,
  coalesce(c.shown_content, c.content) AS content, c.shown_revision IS NOT NULL AS shown,
  c.created_at AS createdAt, CASE WHEN c.shown_revision > 1 THEN c.edited_at END AS editedAt,
  c.likes, c.reply_count AS replyCount, c.branch_count AS branchCount,
  c.author_public_id AS authorId, c.parent_id AS parentId`

const isListed = 'c.root_seq IS NULL AND (c.shown_revision IS NOT NULL OR c.branch_count > 0)'

export interface RootPosition {
  seq: number
  likes: number
}

/** Where a comment stands in its thread, or null when it is not in it. */
export async function place(
  db: D1Database,
  thread: number,
  id: string,
): Promise<{ seq: number; rootSeq: number | null } | null> {
  return first(
    sql(db, 'SELECT seq, root_seq AS rootSeq FROM comments WHERE id = ? AND thread_id = ?', id, thread),
  )
}

/** A page of a thread's root comments after a position, in one of three orders. */
export async function roots(
  db: D1Database,
  thread: number,
  page: { sort: Sort; after: RootPosition | null; limit: number },
): Promise<ShownRow[]> {
  const { sort, after, limit } = page
  const order = {
    oldest: { index: 'comments_roots', after: 'c.seq > ?2', by: 'c.seq' },
    newest: { index: 'comments_roots', after: 'c.seq < ?2', by: 'c.seq DESC' },
    top: {
      index: 'comments_top',
      after: '(c.likes, c.seq) < (?4, ?2)',
      by: 'c.likes DESC, c.seq DESC',
    },
  }[sort]
  const start = sort === 'oldest' ? 0 : Number.MAX_SAFE_INTEGER
  return all<ShownRow>(
    sql(
      db,
      `SELECT ${shownColumns} FROM comments c INDEXED BY ${order.index}
       WHERE c.thread_id = ?1 AND ${isListed} AND ${order.after}
       ORDER BY ${order.by} LIMIT ?3`,
      thread,
      after?.seq ?? start,
      limit,
      ...(sort === 'top' ? [after?.likes ?? Number.MAX_SAFE_INTEGER] : []),
    ),
  )
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
