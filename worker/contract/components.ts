import { auditEntry } from './auditLog.ts'
import { ban } from './bans.ts'
import { comment } from './comment.ts'
import { commentHistory } from './commentHistory.ts'
import { contentNodeSchema } from './content.ts'
import { decisionResult, decisionView, present } from './decisions.ts'
import { errorBody, errorDetail } from './errorAnswer.ts'
import { finding } from './findings.ts'
import { mention, note } from './notes.ts'
import { queueItem, queuePage } from './queue.ts'
import { screener } from './screeners.ts'
import { session } from './session.ts'
import { site } from './site.ts'
import { siteStats } from './stats.ts'
import { threadPage } from './thread.ts'
import { apiToken } from './tokens.ts'
import { wordListEntries } from './wordLists.ts'

/** What the API's description gives names to; all else it describes where it stands. */
export const components = {
  ApiToken: apiToken,
  AuditEntry: auditEntry,
  Ban: ban,
  Comment: comment,
  CommentHistory: commentHistory,
  ContentNode: contentNodeSchema(),
  Decision: decisionView,
  DecisionResult: decisionResult,
  ErrorBody: errorBody,
  ErrorDetail: errorDetail,
  Finding: finding,
  Mention: mention,
  Note: note,
  Present: present,
  QueueItem: queueItem,
  QueuePage: queuePage,
  Screener: screener,
  Session: session,
  Site: site,
  SiteStats: siteStats,
  ThreadPage: threadPage,
  WordListEntries: wordListEntries,
}
