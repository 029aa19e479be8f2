import type { D1Database } from '@cloudflare/workers-types'
import type { BulkState } from '../contract/bulkActs.ts'
import type { ActorKind } from '../contract/decisions.ts'
import type { TrustPin } from '../contract/findings.ts'
import type { ImportState } from '../contract/imports.ts'
import type { Status } from '../contract/status.ts'
import type { ThreadMoveState } from '../contract/threadMoves.ts'
import { decidedTogether, takenBack } from './auditLogBulks.ts'
import { type Asked, listFor, type Place } from './auditLogLists.ts'
import { all, sql } from './database.ts'
import { actOnAuthor } from './events.ts'
import { latestName } from './latestWords.ts'
import { stands } from './threadMoves.ts'
import { called } from './threadTitles.ts'

/** An event with the words it is about, as long as they stand, and with what has become of its subject since. */
export interface EventRow {
  id: number
  at: number
  actorKind: ActorKind
  actorId: string
  actorName: string
  act: string
  siteId: string | null
  commentId: string | null
  /** JSON. */
  details: string
  /** Of an author's list: which of their comments it is about. */
  seq: number
  matches: number

  decisionReason: string | null
  /** Whether the decision is undone, and which stood before it. */
  undone: number | null
  decisionBefore: string | null
  /** The comment as it is. */
  name: string | null
  words: string | null
  findings: string | null
  erased: number | null
  status: Status | null
  revision: number | null
  standing: string | null
  pinned: number | null
  shown: number | null
  authorOfComment: string | null

  threadId: number | null
  threadKey: string | null
  threadUrl: string | null
  threadTitle: string | null
  givenTitle: string | null
  closedAt: number | null
  checked: number | null
  slowSeconds: number | null
  closeAfterDays: number | null

  banId: string | null
  banValue: string | null
  banReason: string | null
  banKind: string | null
  /** Milliseconds since the epoch; null for good, and where it stands. */
  banUntil: number | null
  banEndedAt: number | null

  /** Of an act on many: how it stands, and how many comments it decided so far. */
  bulkState: BulkState | null
  bulkDecided: number | null
  bulkRestored: number | null
  importState: ImportState | null
  /** Of a thread's move: how it stands, and 1 while nothing came after it. */
  moveState: ThreadMoveState | null
  moveStands: number | null
  /** Of what was decided together one by one: whether any of it stands. */
  decidedTogether: 'open' | 'undone' | 'changed' | null
  /** Of what was taken back of that: how many, and of how many. JSON. */
  takenBack: string | null

  /** Of a reporter: since when they are muted; null where they are not. */
  mutedAt: number | null
  /** What a saved list is called that is still shared with the same staff. */
  viewName: string | null

  authorId: string | null
  authorName: string | null
  badge: string | null
  pinnedTrust: TrustPin | null

  /** What a site was before it was changed, and what it is: JSON. */
  siteBefore: string | null
  siteNow: string | null
}

/** A part of the log: the events that were looked at, the latest first, of which some match what is asked. */
export interface Part {
  rows: EventRow[]
  /** Whether there may be more. */
  isFull: boolean
}

/**
 * Events of the log, newest first. Reasons, findings, addresses and comments' own words are read where they stand, and
 * left out once they are gone. Of the comment as it stands only the start is read.
 */
export async function list(db: D1Database, asked: Asked, place: Place | null): Promise<Part> {
  const values: unknown[] = []
  const list = listFor(asked, place, (value) => `?${values.push(value)}`)
  const rows = await all<EventRow>(sql(db, textOf(list.text), ...values))
  return { rows, isFull: list.isFull(rows) }
}

/** Of an event that is not asked for nothing else is read. */
const asked = (id: string) => `iif(e.matches, ${id}, NULL)`

const textOf = (list: string) => `SELECT e.id, e.at, e.actor_kind AS actorKind, e.actor_id AS actorId,
    e.actor_name AS actorName, e.act, e.site_id AS siteId, e.comment_id AS commentId, e.details, e.seq, e.matches,
    d.reason AS decisionReason, d.undone_at IS NOT NULL AS undone, d.decision_before AS decisionBefore,
    iif(c.erased, NULL, c.name) AS name, iif(c.erased, NULL, substr(c.body, 1, 400)) AS words,
    CASE WHEN c.erased = 0 AND e.details ->> 'verdict' IS NOT NULL
      THEN iif(c.revision = e.details ->> 'revision', c.findings, r.findings) END AS findings,
    c.erased, c.status, c.revision, c.decision_id AS standing, c.pinned_at IS NOT NULL AS pinned,
    c.shown_revision IS NOT NULL AS shown, c.author_public_id AS authorOfComment,
    t.id AS threadId, t.key AS threadKey, t.url AS threadUrl,
    iif(t.count > 0, t.title, coalesce(nullif(c.page_title, ''), ${called('page_title')})) AS threadTitle, t.given_title AS givenTitle,
    t.closed_at AS closedAt, t.checked, t.slow_seconds AS slowSeconds, t.close_after AS closeAfterDays,
    b.id AS banId, b.value AS banValue, b.reason AS banReason, b.kind AS banKind,
    b.until AS banUntil, b.ended_at AS banEndedAt, k.state AS bulkState, k.decided AS bulkDecided,
    k.restored AS bulkRestored, i.state AS importState,
    m.state AS moveState, iif(m.id IS NULL, NULL, ${stands}) AS moveStands, ${decidedTogether} AS decidedTogether, ${takenBack} AS takenBack, q.muted_at AS mutedAt,
    v.name AS viewName,
    a.public_id AS authorId, a.badge, a.pinned_trust AS pinnedTrust, iif(a.id IS NULL, NULL, (${latestName})) AS authorName,
    CASE e.act WHEN 'site.change' THEN (${stateBefore}) END AS siteBefore,
    CASE WHEN e.act IN ('site.change', 'site.archive', 'site.restore') THEN (${stateNow}) END AS siteNow
  FROM (${list}) e
    LEFT JOIN decisions d ON d.id = ${asked("e.details ->> 'decisionId'")}
    LEFT JOIN comments c ON c.id = ${asked('e.comment_id')}
    LEFT JOIN revisions r ON r.comment_seq = c.seq AND r.revision = e.details ->> 'revision'
    LEFT JOIN threads t ON t.id = ${asked("coalesce(c.thread_id, e.details ->> 'threadId')")}
    LEFT JOIN bans b ON b.id = ${asked("e.details ->> 'banId'")}
    LEFT JOIN bulk_acts k ON e.act LIKE 'bulk.%' AND k.id = ${asked("e.details ->> 'bulkId'")}
    LEFT JOIN imports i ON e.act LIKE 'import.%' AND i.id = ${asked("e.details ->> 'importId'")}
    LEFT JOIN thread_moves m ON e.act IN ('thread.move', 'thread.merge') AND m.id = ${asked("e.details ->> 'moveId'")}
    LEFT JOIN reporters q ON q.site_id = e.site_id AND q.id = ${asked("e.details ->> 'reporter'")}
    LEFT JOIN authors a ON a.public_id = ${asked(aboutAuthor)} AND a.site_id = e.site_id
    LEFT JOIN saved_views v ON e.act LIKE 'view.%' AND v.id = ${asked("e.details ->> 'viewId'")}
      AND v.shared = 1 AND v.site_id IS e.site_id`

/** The author whom an event is about: by itself, by a ban that was placed with it, or as the one whose comments it is of. */
const aboutAuthor = `coalesce(e.details ->> 'value', iif(b.kind = 'author', b.value, NULL), k.filter ->> 'author')`

const stateBefore = `SELECT f.details FROM events f INDEXED BY events_site_state
  WHERE f.site_id = e.site_id AND f.act IN ('site.add', 'site.change') AND f.id < e.id ORDER BY f.id DESC LIMIT 1`

const stateNow = `SELECT json_object('name', name, 'origins', json(origins), 'locale', locale, 'policy', policy,
  'settings', json(settings), 'archived', archived_at IS NOT NULL) FROM sites WHERE id = e.site_id`

/** What staff did to an author of some sites: badges and bans, the latest first. */
export async function ofAuthor(
  db: D1Database,
  author: string,
  siteIds: string[] | null,
): Promise<EventRow[]> {
  const of = siteIds === null ? '' : 'AND e.site_id IN (SELECT value FROM json_each(?3))'
  const text = textOf(`SELECT e.*, 0 AS seq, 1 AS matches FROM events e INDEXED BY events_author
    WHERE e.details ->> 'value' = ?1 AND e.${actOnAuthor} ${of}
    ORDER BY e.id DESC LIMIT ?2`)
  return all(sql(db, text, author, mostOfAuthor, ...(siteIds === null ? [] : [JSON.stringify(siteIds)])))
}

const mostOfAuthor = 10
