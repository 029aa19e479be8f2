import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { Status } from '../contract/status.ts'
import { over, sql } from './database.ts'
import { answersTo, type Brought, type BroughtSlice, isShown } from './importedSlice.ts'
import { erasedSize, newSize } from './sizes.ts'
import { naming } from './threadTitles.ts'

/** Threads that are new; one that was there is closed where comments of a closed page come to it. */
export function threadsOf(db: D1Database, slice: BroughtSlice): D1PreparedStatement[] {
  const { siteId, importNumber, beganAt, at, comments, threads } = slice
  if (threads.length === 0) return []
  const first = new Map<string, number>()
  for (const { key, createdAt } of comments) first.set(key, Math.min(createdAt, first.get(key) ?? createdAt))
  return [
    over(
      db,
      threads.map(({ key, closed }) => ({
        ...{ key, at: first.get(key) ?? at, closed: closed ? beganAt : null },
        comments: first.has(key),
      })),
      `INSERT INTO threads (site_id, key, created_at, closed_at, import_number)
       SELECT ?2, x.key, x.at, x.closed, ?3 FROM x WHERE x.comments OR NOT EXISTS (
         SELECT 1 FROM threads WHERE site_id = ?2 AND key = x.key)
       ON CONFLICT (site_id, key) DO UPDATE SET
         created_at = iif(import_number IS excluded.import_number, min(created_at, excluded.created_at), created_at),
         version = version + (closed_at IS NULL AND excluded.closed_at IS NOT NULL),
         closed_at = coalesce(closed_at, excluded.closed_at)
       WHERE (closed_at IS NULL AND excluded.closed_at IS NOT NULL)
         OR (import_number IS excluded.import_number AND excluded.created_at < created_at)`,
      siteId,
      importNumber,
    ),
  ]
}

/** Authors that are new, and what the records of all count. */
export function authorsOf(db: D1Database, { siteId, importNumber, comments, authors }: BroughtSlice) {
  const theirs = Map.groupBy(comments, ({ authorKey }) => authorKey)
  return over(
    db,
    authors.map(({ key, publicId, badge }) => {
      const own = theirs.get(key) ?? []
      const having = (status: Status) => own.filter((one) => one.status === status).length
      return {
        ...{ key, publicId, badge, at: Math.min(...own.map(({ createdAt }) => createdAt)) },
        ...{ approved: having('approved'), rejected: having('rejected'), spam: having('spam') },
      }
    }),
    `INSERT INTO authors (public_id, site_id, token_hash, badge, approved, rejected, spam, created_at, import_number)
     SELECT x.publicId, ?2, x.key, x.badge, x.approved, x.rejected, x.spam, x.at, ?3 FROM x WHERE TRUE
     ON CONFLICT (token_hash, site_id) DO UPDATE SET approved = approved + excluded.approved,
       rejected = rejected + excluded.rejected, spam = spam + excluded.spam,
       created_at = iif(import_number IS excluded.import_number, min(created_at, excluded.created_at), created_at)`,
    siteId,
    importNumber,
  )
}

/** What those that were there before count more. */
export function ancestorsOf(db: D1Database, comments: Brought[]): D1PreparedStatement[] {
  const own = new Set(comments.map(({ seq }) => seq))
  const rows = [...answersTo(comments)].filter(([seq]) => !own.has(seq))
  if (rows.length === 0) return []
  return [
    over(
      db,
      rows.map(([seq, more]) => ({ seq, ...more })),
      `UPDATE comments AS c SET reply_count = c.reply_count + x.replies, branch_count = c.branch_count + x.branch
       FROM x WHERE c.seq = x.seq`,
    ),
  ]
}

/** What readers see of the threads: how many comments, each as a change of its own, and what the pages are called. */
export function shownIn(db: D1Database, { siteId, comments }: BroughtSlice): D1PreparedStatement[] {
  const shown = Map.groupBy(comments.filter(isShown), ({ key }) => key)
  if (shown.size === 0) return []
  const keys = [...shown.keys()]
  return [
    over(
      db,
      [...shown].map(([key, { length }]) => ({ key, shown: length })),
      `UPDATE threads AS t SET count = t.count + x.shown, version = t.version + x.shown
       FROM x WHERE t.site_id = ?2 AND t.key = x.key`,
      siteId,
    ),
    naming(db, {
      text: `site_id = ?2 AND key IN (${keys.map((_, at) => `?1 ->> ${at}`)})`,
      values: [JSON.stringify(keys), siteId],
    }),
  ]
}

export function tallying(db: D1Database, { siteId, comments }: BroughtSlice): D1PreparedStatement {
  const having = (status: Status) => comments.filter((one) => one.status === status).length
  return sql(
    db,
    `UPDATE tallies SET held = held + ?, spam = spam + ?, total = total + ?, bytes = bytes + ?, version = version + 1
     WHERE site_id = ?`,
    having('pending'),
    having('spam'),
    comments.length,
    comments.reduce((sum, one) => sum + sizeOf(one), 0),
    siteId,
  )
}

const sizeOf = ({ body, content, name, email, url, page, erased }: Brought) =>
  erased ? erasedSize : newSize([body, content, name, email, url, page.url, page.title])

export function linkingAll(db: D1Database, { siteId, comments }: BroughtSlice): D1PreparedStatement[] {
  const links = comments.flatMap(({ seq, hosts }) => hosts.map((host) => [seq, host]))
  if (links.length === 0) return []
  return [
    sql(
      db,
      `INSERT OR IGNORE INTO linked_hosts (site_id, host, comment_seq)
       SELECT ?2, value ->> 1, value ->> 0 FROM json_each(?1)`,
      JSON.stringify(links),
      siteId,
    ),
  ]
}

/** A statement that has the full-text index look at comments that no event names. */
export const unindexed = (db: D1Database, comments: Brought[]) =>
  sql(
    db,
    `INSERT INTO unindexed (seq, day) SELECT value ->> 0, value ->> 1 FROM json_each(?)`,
    JSON.stringify(comments.map(({ seq, createdAt }) => [seq, Math.floor(createdAt / 86_400_000)])),
  )
