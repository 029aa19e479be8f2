import type { Powers } from '../access/permissions.ts'
import type { AuditEntry } from '../contract/auditLog.ts'
import type { EventRow } from '../store/auditLog.ts'
import { iso } from '../store/database.ts'
import { undoOf } from './auditLogUndo.ts'
import { excerpt } from './excerpt.ts'
import { differences } from './siteDifferences.ts'

/** How much of a comment an entry shows, in characters. */
const shown = 80

/** A line of the log as one of the staff sees it. */
export function entryView(row: EventRow, by: Powers, now: number): AuditEntry {
  const details = JSON.parse(row.details)
  const changes = changesOf(row, details)
  return {
    id: row.id,
    at: iso(row.at),
    actor: {
      kind: row.actorKind,
      id: row.actorKind === 'author' ? null : row.actorId,
      name: row.actorName,
    },
    act: row.act,
    siteId: row.siteId,
    commentId: row.commentId,
    comment: row.name === null ? null : { author: row.name, excerpt: excerpt(row.words ?? '', shown) },
    thread: row.threadId === null ? null : threadView(row),
    author: authorView(row),
    bulk:
      row.act.startsWith('bulk.') && row.act !== 'bulk.undecide' && details.bulkId
        ? { id: details.bulkId, count: countOf(row, details) }
        : null,
    changes,
    undo: undoOf(row, { details, changes, by, now }),
    details: detailsOf(row, details),
  }
}

/** Of how many comments an act on many tells: an undo of those that came back so far, others of those it decided. */
const countOf = (row: EventRow, { count }: Record<string, unknown>) =>
  Number((row.act === 'bulk.undo' ? row.bulkRestored : row.bulkDecided) ?? count ?? 0)

/** In what a site or a thread differs since. */
function changesOf({ act, siteBefore }: EventRow, details: Record<string, unknown>): AuditEntry['changes'] {
  if (act === 'thread.change') return details.changes as AuditEntry['changes']
  return act === 'site.change' ? differences(siteBefore, details) : null
}

const threadView = ({ threadId, threadKey, threadUrl, threadTitle, givenTitle }: EventRow) => ({
  id: threadId ?? 0,
  key: threadKey ?? '',
  url: threadUrl ?? '',
  title: givenTitle ?? threadTitle ?? '',
})

function authorView({ authorId, authorName, authorOfComment, name }: EventRow): AuditEntry['author'] {
  if (authorId !== null) return { id: authorId, name: authorName }
  return authorOfComment === null ? null : { id: authorOfComment, name }
}

/** What an entry tells besides: the event's own details without its ids, and the words that still stand. */
function detailsOf(row: EventRow, all: Record<string, unknown>): AuditEntry['details'] {
  const {
    decisionId,
    threadId,
    banId,
    bulkId,
    importId,
    moveId,
    noteId,
    mentions,
    revision,
    visible,
    former,
    changes,
    ...details
  } = all
  if (row.act === 'site.change') return { name: details.name }
  // What a page was called, or what it is called where nobody had named it.
  if (row.act === 'thread.rename')
    return { title: details.title, key: row.threadKey, was: former ?? (row.threadTitle || row.threadKey) }
  if (row.takenBack !== null) return JSON.parse(row.takenBack)
  if (row.act.startsWith('view.')) return row.viewName === null ? {} : { name: row.viewName }
  if (row.act.startsWith('ban.'))
    return {
      ...details,
      ...(row.banValue !== null && { value: row.banValue }),
      ...(row.act === 'ban.add' && { reason: row.banReason }),
    }
  if (row.act.startsWith('bulk.') && row.banValue !== null)
    return { ...details, kind: row.banKind, value: row.banValue }
  if (threadId !== undefined && row.commentId === null) return { ...details, key: row.threadKey }
  if (decisionId === undefined || row.act === 'comment.undo') return details
  return {
    ...details,
    reason: row.decisionReason,
    ...(row.findings !== null && { findings: JSON.parse(row.findings) }),
  }
}
