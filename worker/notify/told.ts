import { isPerson, undoWindowMs } from '../contract/decisions.ts'
import { pageAddress } from '../contract/pageAddress.ts'
import type { ToldType } from '../contract/told.ts'
import type { Details } from '../store/delivery.ts'
import type { ToldComment } from '../store/toldComments.ts'

/** Whether what is to be told of a comment is still so. */
export function stands(type: ToldType, details: Details, comment: ToldComment): boolean {
  const { status, revision, decision } = comment
  switch (type) {
    case 'comment.held':
      return status === 'pending' && comment.screened && revision === details.revision
    case 'comment.flagged':
      return comment.flags.length > 0
    case 'comment.appealed':
      return comment.appealState === 'open'
    case 'comment.edited':
      return decision !== null && decision.undoneAt === null
    case 'comment.undone':
      // What was undone before anybody was told of it never happened to them.
      return (
        decision !== null &&
        decision.undoneAt !== null &&
        (!isPerson(decision.byKind) || decision.undoneAt - decision.decidedAt >= undoWindowMs)
      )
    default:
      return decision?.stands === true
  }
}

/** What a webhook is told of a comment whose words are gone for good: ids, and nothing that it may have to forget. */
export const withdrawal = (siteId: string, commentId: string, at: number) => ({
  ...{ type: 'comment.deleted' satisfies ToldType, timestamp: new Date(at).toISOString() },
  data: { site: { id: siteId }, comment: { id: commentId, status: 'deleted' } },
})

/** What a webhook is told, as of now. Nothing in it says more of the author than readers would see. */
export function payload(type: ToldType, comment: ToldComment, at: number) {
  const { decision } = comment
  return {
    type,
    timestamp: new Date(at).toISOString(),
    data: {
      site: { id: comment.siteId, name: comment.siteName },
      comment: {
        id: comment.id,
        status: comment.status,
        revision: comment.revision,
        page: {
          url: pageAddress(comment.threadKey, comment.pageUrl, comment.origins),
          title: comment.pageTitle || null,
        },
        author: { name: comment.author },
        body: comment.body,
        createdAt: new Date(comment.createdAt).toISOString(),
      },
      ...(decision && { actor: { kind: decision.byKind, name: decision.by } }),
      ...(decision?.reason && { reason: decision.reason }),
      ...(type === 'comment.held' && { findings: comment.findings.map(({ code }) => code) }),
      ...(type === 'comment.flagged' && { flags: comment.flags }),
    },
  }
}
