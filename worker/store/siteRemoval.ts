import type { D1Database } from '@cloudflare/workers-types'
import type { StaffEvent } from '../contract/events.ts'
import { all, batch, changed, sql } from './database.ts'
import { recordEvent } from './events.ts'
import { inLists, listsOfSite } from './queueLists.ts'
import { scrubbing } from './scrubbing.ts'
import { byTime } from './timeOrder.ts'

/** Rows that one batch removes, of comments or of threads. */
const atOnce = 500

/** What belongs to a comment. */
export const ofComment = [
  ...(['revisions', 'decisions', 'likes', 'flags', 'linked_hosts', 'untaught', 'second_looks'] as const),
]

/** What belongs to a site, when its comments and threads are gone. */
const ofSite = [
  'bans',
  'erased_persons',
  'word_lists',
  'phrases',
  'screeners',
  'turnstile',
  'lessons',
  'lesson_packs',
  'fit_arcs',
  'fit_descents',
  'fits',
  'learners',
  'outbox',
  'deliveries',
  'endpoints',
  'authors',
  'reporters',
  'tallies',
  'daily_figures',
  'sightings',
  'imports',
  'thread_moves',
  'thread_move_slices',
] as const

/** Columns of a comment by which it names those it answers. */
const answered = ['parent_seq', 'root_seq'] as const

/**
 * Has a site take no more comments, and removes some of those it has, the newest first. An answer that is older than
 * what it answers is told of no more.
 *
 * @returns how many were removed; 0 where none is left
 */
export async function removeComments(db: D1Database, siteId: string, at: number): Promise<number> {
  const columns = 'c.seq, c.author_id AS author, c.created_at'
  const rows = await all<{ seq: number; author: number }>(
    sql(
      db,
      `${inLists(listsOfSite(siteId), ['c.site_id = ?1'], columns)} ORDER BY ${byTime('c', 'DESC')} LIMIT ?2`,
      siteId,
      atOnce,
    ),
  )
  const seqs = JSON.stringify(rows.map(({ seq }) => seq))
  const authors = JSON.stringify([...new Set(rows.map(({ author }) => author))])
  await batch(db, [
    scrubbing(db, at, { text: 'TRUE', values: [] }),
    sql(db, "UPDATE sites SET origins = '[]' WHERE id = ?", siteId),
    ...ofComment.map((table) =>
      sql(db, `DELETE FROM ${table} WHERE comment_seq IN (SELECT value FROM json_each(?))`, seqs),
    ),
    sql(
      db,
      'DELETE FROM lessons WHERE site_id = ? AND comment_seq IN (SELECT value FROM json_each(?))',
      siteId,
      seqs,
    ),
    ...answered.map((column) =>
      sql(
        db,
        `UPDATE comments SET ${column} = NULL WHERE ${column} IN (SELECT value FROM json_each(?1))
           AND seq NOT IN (SELECT value FROM json_each(?1))`,
        seqs,
      ),
    ),
    sql(db, 'DELETE FROM comments WHERE seq IN (SELECT value FROM json_each(?))', seqs),
    sql(
      db,
      `DELETE FROM authors WHERE id IN (SELECT value FROM json_each(?))
         AND NOT EXISTS (SELECT 1 FROM comments INDEXED BY comments_author WHERE author_id = authors.id)`,
      authors,
    ),
    sql(db, 'UPDATE tallies SET version = version + 1 WHERE site_id = ?', siteId),
  ])
  return rows.length
}

/** Removes some threads of a site that has no comments any more. @returns how many; 0 where none is left */
export async function removeThreads(db: D1Database, siteId: string): Promise<number> {
  const [removed] = await batch(db, [
    sql(
      db,
      'DELETE FROM threads WHERE id IN (SELECT id FROM threads WHERE site_id = ? LIMIT ?)',
      siteId,
      atOnce,
    ),
  ])
  return removed?.meta.changes ?? 0
}

/** Removes some who are told of a site by mail, with all that they are told of. @returns how many; 0 where none is left */
export async function removeSubscribers(db: D1Database, siteId: string): Promise<number> {
  const [removed] = await batch(db, [
    sql(
      db,
      'DELETE FROM subscribers WHERE id IN (SELECT id FROM subscribers WHERE site_id = ? LIMIT ?)',
      siteId,
      atOnce,
    ),
  ])
  return removed?.meta.changes ?? 0
}

/** Ends what staff and scripts may do on a site, which the main database knows. */
export async function removeAccess(main: D1Database, siteId: string): Promise<void> {
  await batch(
    main,
    ['staff_sites', 'staff_choices', 'staff_told', 'push_told', 'tokens', 'voices', 'saved_views'].map(
      (table) => sql(main, `DELETE FROM ${table} WHERE site_id = ?`, siteId),
    ),
  )
}

/** Removes a site that has no comments and no threads any more. @returns what happened, or null where it is gone */
export async function removeSite(
  db: D1Database,
  event: Extract<StaffEvent, { act: 'site.archive' | 'site.restore' | 'site.remove' }>,
): Promise<StaffEvent | null> {
  const { siteId } = event
  const results = await batch(db, [
    ...ofSite.map((table) => sql(db, `DELETE FROM ${table} WHERE site_id = ?`, siteId)),
    sql(db, 'DELETE FROM sites WHERE id = ?', siteId),
    recordEvent(db, event, changed),
  ])
  return results.at(-2)?.meta.changes === 1 ? event : null
}
