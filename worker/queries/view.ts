import type { World } from '../commands/world.ts'
import type { AppealState } from '../contract/appeals.ts'
import type { Comment, Own } from '../contract/comment.ts'
import type { ContentNode } from '../contract/content.ts'
import type { Finding } from '../contract/findings.ts'
import { formatName } from '../contract/importFormats.ts'
import { pageAddress } from '../contract/pageAddress.ts'
import type { QueueItem } from '../contract/queue.ts'
import type { Site } from '../contract/site.ts'
import type { SiteSettings } from '../contract/siteSettings.ts'
import { trustOf } from '../moderation/trust.ts'
import type { OwnRow } from '../store/comments.ts'
import { iso } from '../store/database.ts'
import { type DecisionColumns, decisionView } from '../store/decidedComments.ts'
import type { OpenFlags } from '../store/flags.ts'
import type { QueueRow } from '../store/queue.ts'
import type { ShownRow } from '../store/shownRow.ts'
import { reasonText } from './reasonText.ts'
import { usualWait } from './usualWait.ts'

/** A stored tree; an empty one where it is damaged, so that one comment can't hide the others. */
export function tree(content: string): ContentNode[] {
  try {
    return JSON.parse(content)
  } catch {
    return []
  }
}

interface About {
  badges: Map<string, string>
  next?: string | null
}

/** A shown comment with its author's badge, or the placeholder of one that is gone but was answered. */
export const commentView = (row: ShownRow, about: About): Comment => ({
  ...headOf(row, about),
  content: tree(row.content ?? '[]'),
})

/** The same as JSON: the tree goes into it as it is stored. */
export const commentJson = (row: ShownRow, about: About): string =>
  `{"content":${row.content ?? '[]'},${JSON.stringify(headOf(row, about)).slice(1)}`

/** All of a shown comment but its tree. */
function headOf(row: ShownRow, { badges, next = null }: About): Omit<Comment, 'content'> {
  const gone = row.shown === 0
  const badge = badges.get(row.authorId)
  return {
    id: row.id,
    parentId: row.parentId,
    author: gone
      ? { id: '', name: '', url: null }
      : { id: row.authorId, name: row.name, url: row.url, ...(badge && { badge }) },
    createdAt: iso(row.createdAt),
    editedAt: gone ? null : iso(row.editedAt),
    ...(!gone && row.editedBy && { editedBy: row.editedBy }),
    likes: gone ? 0 : row.likes,
    replies: { count: row.rootSeq === null ? row.branchCount : row.replyCount, next },
    ...(gone && { gone }),
    ...(!gone && row.pinned === 1 && { pinned: true }),
  }
}

/** Until when an author can edit a comment, or null: what waits for another look, or what staff edited, stays as it is. */
export function editableUntil(
  comment: Pick<OwnRow, 'status' | 'action' | 'editedBy' | 'createdAt'>,
  settings: SiteSettings,
  now: number,
): number | null {
  if (comment.status !== 'pending' && comment.status !== 'approved') return null
  if (comment.action === 'appeal' || comment.editedBy === 'staff') return null
  const until = comment.createdAt + settings.editMinutes * 60_000
  return until > now ? until : null
}

/** An author's own comment, with what only they may know. */
export function ownView(
  row: OwnRow,
  { settings, locale }: Pick<Site, 'settings' | 'locale'>,
  { now, languages = [] }: Pick<World, 'now' | 'languages'>,
): Comment {
  const refused = row.status === 'rejected' || row.status === 'spam'
  const isChangeRefused =
    row.status === 'approved' && row.shownRevision !== null && row.shownRevision < row.revision
  const reason = row.status === 'rejected' || isChangeRefused ? reasonText(row, [...languages, locale]) : null
  const wait = usualWait(row.waits)
  const own: Own = {
    status: row.status,
    ...(isChangeRefused && { change: 'refused' as const }),
    ...(reason !== null && { reason }),
    body: row.body,
    revision: row.revision,
    editableUntil: iso(editableUntil(row, settings, now)),
    ...(wait !== null && { usualWait: wait }),
    ...(refused && row.appeal === null && { appealable: true as const }),
    ...(row.appealState && { appeal: { state: row.appealState, answer: row.appealAnswer } }),
  }
  return {
    id: row.id,
    parentId: row.parentId,
    author: { id: row.authorId, name: row.name, url: row.url, ...(row.badge && { badge: row.badge }) },
    content: tree(isChangeRefused ? (row.shownContent ?? '[]') : row.content),
    createdAt: iso(row.createdAt),
    editedAt: iso(row.editedAt),
    ...(row.editedBy && { editedBy: row.editedBy }),
    likes: row.likes,
    replies: { count: row.parentId === null ? row.branchCount : row.replyCount, next: null },
    own,
  }
}

/** Whether staff decides it unaware of its automatic verdict, which is checked so. */
const isBlind = ({ audited, status }: QueueRow) => audited !== null && status === 'pending'

/** The findings of a comment that staff may see: who checks an automatic verdict is not told what led to it. */
export const shownFindings = (row: QueueRow, findings: Finding[]): Finding[] =>
  isBlind(row) ? findings.filter(({ code }) => code === 'audit') : findings

function appealedView({ appealAnswer, refusal }: QueueRow, state: AppealState): QueueItem['appealed'] {
  const found: DecisionColumns | null = refusal && JSON.parse(refusal)
  return { state, answer: appealAnswer, refusal: found && decisionView(found) }
}

/** A comment as moderators see it. */
export function queueView(
  row: QueueRow,
  { site, findings, flags }: { site: Site; findings: Finding[]; flags?: OpenFlags | undefined },
): QueueItem {
  const history = { approved: row.approved, rejected: row.rejected, spam: row.spam }
  return {
    id: row.id,
    revision: row.revision,
    status: row.status,
    body: row.body,
    content: tree(row.content),
    author: { id: row.authorId, name: row.name, email: row.email, url: row.url, badge: row.badge },
    thread: {
      id: row.threadId,
      key: row.threadKey,
      url: pageAddress(row.threadKey, row.threadUrl, site.origins) ?? '',
      title: row.threadTitle,
      givenTitle: row.givenTitle,
      closed: iso(row.closedAt),
      checked: row.checked === 1,
    },
    site: { id: site.id, name: site.name },
    parent:
      row.parentId === null
        ? null
        : {
            id: row.parentId,
            name: row.parentName ?? '',
            content: tree(row.parentContent ?? '[]').slice(0, 3),
          },
    createdAt: iso(row.createdAt),
    editedAt: iso(row.editedAt),
    ...(row.importId && { imported: { id: row.importId, system: formatName(row.importFormat ?? '') } }),
    verdict: row.verdict,
    band: isBlind(row) ? null : row.band,
    findings: shownFindings(row, findings),
    trust: trustOf({ ...history, approved: row.vouched }, site.settings, row.pinnedTrust),
    history: { ...history, firstSeen: iso(row.firstSeen), sameAddress: row.sameAddress },
    shown: row.shownRevision !== null && row.shownRevision !== row.revision,
    pinned: row.pinned === 1,
    flags: flags ? { count: row.flags, reasons: flags.reasons, notes: flags.notes } : null,
    notes: { comment: row.notes, author: row.authorNotes },
    appeal: row.appeal,
    ...(row.appealState && { appealed: appealedView(row, row.appealState) }),
    decision: decisionView(row),
  }
}
