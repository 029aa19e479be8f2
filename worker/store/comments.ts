import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { AppealState } from '../contract/appeals.ts'
import type { DecisionView } from '../contract/decisions.ts'
import type { CommentPosted } from '../contract/events.ts'
import type { Status } from '../contract/status.ts'
import * as authors from './authors.ts'
import { batch, changed, first, sql } from './database.ts'
import { posting } from './dayBudget.ts'
import type { Deliveries } from './delivery.ts'
import { recordEvent } from './events.ts'
import { waitsWhilePending } from './figures.ts'
import { reasonsOfSite } from './phrases.ts'
import { newSize } from './sizes.ts'
import { writtenSince } from './slowMode.ts'
import * as threads from './threads.ts'

/** A comment to be stored, as the routes and the importers make it. */
export interface Insertion {
  id: string
  siteId: string
  thread: { key: string; url: string; title: string }
  /** A shown comment of the same thread. */
  parent: { id: string; seq: number; rootSeq: number } | null
  author: { tokenHash: string; publicId: string; name: string; email: string | null; url: string | null }
  /** Markdown, stored as it is. */
  body: string
  /** JSON of the safe tree made from `body`. */
  content: string
  bodyHash: string
  /** Tells the same request from another one with the same id. */
  requestHash: string
  elapsedMs: number
  trapped: boolean
  address: string | null
  /** Where the thread is in slow mode: the address that its author is told by, too. */
  pace?: { address: string | null } | null
  /** Milliseconds since the epoch. */
  createdAt: number
}

/**
 * Stores a comment as pending, with its thread and author where they are new, in one transaction.
 *
 * @returns the comment as its author has it, and what happened; null when the id is there already, or the thread is
 * closed, or lets its author write later: then nothing was stored
 */
export async function insert(
  db: D1Database,
  comment: Insertion,
  deliveries: Deliveries,
  also: D1PreparedStatement[] = [],
): Promise<{ row: OwnRow; event: CommentPosted } | null> {
  const { siteId, id, author } = comment
  const event = posted(comment)
  const results = await batch<OwnRow>(db, [
    ...insertion(db, comment),
    ...deliveries(db, [{ event }], changed),
    ...also,
    finding(db, siteId, id, author.tokenHash),
  ])
  const row = results.at(-1)?.results[0]
  return results[2]?.meta.changes === 1 && row ? { row, event } : null
}

const posted = ({ id, siteId, author, createdAt }: Insertion): CommentPosted => ({
  ...{ act: 'comment.posted', at: createdAt, siteId, commentId: id, revision: 1 },
  actor: { kind: 'author', id: author.publicId, name: 'author' },
})

/** Stores comments in their order, in one transaction; those whose id is there already are passed over. */
export async function insertAll(db: D1Database, comments: Insertion[]): Promise<void> {
  await batch(
    db,
    comments.flatMap((comment) => insertion(db, comment)),
  )
}

function insertion(db: D1Database, comment: Insertion): D1PreparedStatement[] {
  const { siteId, thread, author, parent, createdAt: now } = comment
  return [
    threads.ensure(db, { siteId, key: thread.key, now }),
    authors.ensure(db, { siteId, tokenHash: author.tokenHash, publicId: author.publicId, now }),
    sql(
      db,
      `INSERT INTO comments (id, site_id, thread_id, author_id, author_public_id,
         parent_id, page_url, page_title, parent_seq, root_seq, name, email, url,
         body, content, body_hash, request_hash, created_at, elapsed_ms, trapped, address)
       SELECT ?1, ?2, coalesce(t.moved_to, t.id), a.id, a.public_id, ?18, ?19, ?20, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15
       FROM threads t JOIN authors a ON a.token_hash = ?16 AND a.site_id = t.site_id
       WHERE t.site_id = ?2 AND t.key = ?17 AND ${ofMoved('closed_at')} IS NULL
         ${comment.pace ? `AND NOT EXISTS (${tooRecent})` : ''}
       ON CONFLICT (id) DO NOTHING`,
      comment.id,
      siteId,
      parent?.seq ?? null,
      parent?.rootSeq ?? null,
      author.name,
      author.email,
      author.url,
      comment.body,
      comment.content,
      comment.bodyHash,
      comment.requestHash,
      now,
      comment.elapsedMs,
      comment.trapped ? 1 : 0,
      ...[comment.address, author.tokenHash, thread.key],
      ...[parent?.id ?? null, thread.url, thread.title],
      ...(comment.pace ? [comment.pace.address] : []),
    ),
    posting(db, { siteId, bytes: sizeOf(comment), at: now }),
    recordEvent(db, posted(comment), changed),
  ]
}

/** What a thread `t` has in a column, in a query; of one that moved, what the thread has which answers for it. */
const ofMoved = (column: 'closed_at' | 'slow_seconds') =>
  `CASE WHEN t.moved_to IS NULL THEN t.${column} ELSE (SELECT ${column} FROM threads WHERE id = t.moved_to) END`

/** What keeps an author from writing again in a thread in slow mode. */
const tooRecent = writtenSince({
  ...{ author: 'a.id', address: '?21', thread: 'coalesce(t.moved_to, t.id)' },
  since: `?12 - 1000 * ${ofMoved('slow_seconds')}`,
})

const sizeOf = ({ body, content, author, thread }: Insertion) =>
  newSize([body, content, author.name, author.email, author.url, thread.url, thread.title])

/** An author's own comment. */
export interface OwnRow {
  seq: number
  id: string
  parentId: string | null
  authorId: string
  vouched: number
  name: string
  url: string | null
  status: Status
  reason: string | null
  /** The site's own reasons, as they are stored; of a refused comment. */
  siteReasons: string | null
  /** What the standing decision is. */
  action: DecisionView['action'] | null
  /** What they said when asking for another look; null when they did not. */
  appeal: string | null
  appealState: AppealState | null
  appealAnswer: string | null
  badge: string | null
  body: string
  content: string
  /** JSON of what readers see, where that is an earlier text. */
  shownContent: string | null
  revision: number
  shownRevision: number | null
  createdAt: number
  editedAt: number | null
  editedBy: 'staff' | null
  likes: number
  replyCount: number
  branchCount: number
  threadKey: string
  /** Null where it was not asked for, or it waits no more. */
  waits: string | null
}

/** A comment of the author that a token's hash stands for; null for anyone else's and for none. */
export const own = (db: D1Database, siteId: string, id: string, tokenHash: string): Promise<OwnRow | null> =>
  first<OwnRow>(finding(db, siteId, id, tokenHash, waitsWhilePending))

const finding = (db: D1Database, siteId: string, id: string, tokenHash: string, waits = 'NULL') =>
  sql(
    db,
    `SELECT c.seq, c.id, c.parent_id AS parentId, c.author_public_id AS authorId, a.vouched, c.name, c.url, c.status, d.reason,
       CASE WHEN c.status = 'rejected' OR c.shown_revision < c.revision THEN ${reasonsOfSite} END AS siteReasons,
       d.action, c.appeal, c.appeal_state AS appealState, c.appeal_answer AS appealAnswer, a.badge, c.body, c.content, c.shown_content AS shownContent, c.edited_by AS editedBy,
       c.revision, c.shown_revision AS shownRevision, c.created_at AS createdAt,
       c.edited_at AS editedAt, c.likes, c.reply_count AS replyCount, c.branch_count AS branchCount,
       t.key AS threadKey, ${waits} AS waits
     FROM comments c
       JOIN authors a ON a.id = c.author_id
       JOIN threads t ON t.id = c.thread_id
       LEFT JOIN decisions d ON d.id = c.decision_id
     WHERE c.id = ? AND c.site_id = ? AND a.token_hash = ? AND c.erased = 0`,
    id,
    siteId,
    tokenHash,
  )
