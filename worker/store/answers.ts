import type { D1Database } from '@cloudflare/workers-types'
import type { CommentDecided } from '../contract/events.ts'
import { type Condition, first, sql } from './database.ts'
import { posting } from './dayBudget.ts'
import { type Subject, type SubjectRow, subjectColumns, subjectOf } from './decidedComments.ts'
import { asFound } from './decisionEffects.ts'
import { type Change, type Decision, record } from './decisions.ts'
import { newSize } from './sizes.ts'
import { threadAt } from './threads.ts'

/** A comment as an answer of the staff finds it. */
export interface Answered extends Subject {
  threadKey: string
  pageUrl: string
  pageTitle: string
  /** The number that the next comment has. */
  nextSeq: number
}

/** The comment that staff answers, or null. */
export async function answered(db: D1Database, commentId: string): Promise<Answered | null> {
  const row = await first<SubjectRow<Answered>>(
    sql(
      db,
      `SELECT ${subjectColumns}, t.key AS threadKey, c.page_url AS pageUrl, c.page_title AS pageTitle,
         (SELECT max(seq) + 1 FROM comments) AS nextSeq
       FROM comments c JOIN threads t ON t.id = c.thread_id LEFT JOIN decisions d ON d.id = c.decision_id
       WHERE c.id = ? AND c.erased = 0`,
      commentId,
    ),
  )
  return row && subjectOf(row)
}

/** The thread of a page, null where it has none yet, and the number that the next comment has. */
export async function placeOf(
  db: D1Database,
  siteId: string,
  key: string,
): Promise<{ threadId: number | null; nextSeq: number }> {
  const row = await first<{ threadId: number | null; nextSeq: number }>(
    sql(
      db,
      `SELECT ${threadAt('?', '?')} AS threadId,
         (SELECT coalesce(max(seq), 0) + 1 FROM comments) AS nextSeq`,
      siteId,
      key,
    ),
  )
  return row ?? { threadId: null, nextSeq: 1 }
}

/** What staff writes, with the decision that publishes it. */
export interface NewAnswer {
  id: string
  staffId: string
  name: string
  author: { id: number; publicId: string }
  /** Where it stands: below a comment, or a thread's own. */
  place: {
    siteId: string
    threadId: number
    pageUrl: string
    pageTitle: string
    parent: { id: string; seq: number; rootSeq: number } | null
    /** The number that it takes. */
    seq: number
  }
  text: { body: string; content: string; bodyHash: string }
  requestHash: string
  publishing: Decision
}

/**
 * Stores what staff writes and publishes it, in one transaction with another change where there is one: both, or none.
 * It is stored as taken back, so that its undo takes it back and screening never looks at it.
 *
 * @returns what happened, of the answer and of the other change; null where somebody else was faster
 */
export async function publish(
  db: D1Database,
  answer: NewAnswer,
  { other, condition }: { other: Change | null; condition: Condition },
): Promise<{ event: CommentDecided; other: CommentDecided | null } | null> {
  const changes = [{ subject: stored(answer), decision: answer.publishing }, ...(other ? [other] : [])]
  try {
    const [event, also = null] = await record(db, changes, insertion(db, answer, condition))
    return event ? { event, other: also } : null
  } catch (error) {
    // Another comment took the number or the id: then nothing is written.
    if (/UNIQUE constraint failed: comments\./.test(String(error))) return null
    throw error
  }
}

/** What must hold of the answered comment: that it is as it was found, or that readers still see it. */
export const asAnswered = (subject: Answered, isApproved: boolean): Condition =>
  isApproved ? asFound(subject) : isShown(subject.seq)

/** Holds while readers see a comment. */
export const isShown = (seq: number): Condition => ({
  text: 'EXISTS (SELECT 1 FROM comments s WHERE s.seq = ? AND s.shown_revision IS NOT NULL)',
  values: [seq],
})

function insertion(db: D1Database, answer: NewAnswer, condition: Condition) {
  const { place, text, author, publishing } = answer
  const { siteId, parent, pageUrl, pageTitle } = place
  const words = [text.body, text.content, answer.name, pageUrl, pageTitle]
  const values = {
    ...{ seq: place.seq, id: answer.id, site_id: siteId, thread_id: place.threadId, author_id: author.id },
    ...{ author_public_id: author.publicId, parent_id: parent?.id ?? null, page_url: pageUrl },
    ...{ page_title: pageTitle, parent_seq: parent?.seq ?? null, root_seq: parent?.rootSeq ?? null },
    ...{ name: answer.name, status: 'deleted', body: text.body, content: text.content },
    ...{ body_hash: text.bodyHash, request_hash: answer.requestHash, created_at: publishing.at },
    ...{ elapsed_ms: 0, verdict: 'approve', staff_id: answer.staffId },
  }
  // Its page may have moved since it was looked for.
  const marks = Object.keys(values).map((column) =>
    column === 'thread_id' ? '(SELECT coalesce(moved_to, id) FROM threads WHERE id = ?)' : '?',
  )
  return [
    sql(
      db,
      `INSERT INTO comments (${Object.keys(values)}) SELECT ${marks} WHERE ${condition.text}`,
      ...Object.values(values),
      ...condition.values,
    ),
    posting(db, { siteId, bytes: newSize(words), at: publishing.at, waits: false }),
  ]
}

/** It as its decision finds it. */
const stored = ({ id, author, place: { siteId, threadId, parent, seq } }: NewAnswer): Subject => ({
  ...{ seq, id, siteId, threadId, authorId: author.id, status: 'deleted', counted: 'deleted', revision: 1 },
  ...{ parentSeq: parent?.seq ?? null, rootSeq: parent?.rootSeq ?? null, shownRevision: null },
  ...{
    flags: 0,
    openFlags: 0,
    erased: 0,
    appealState: null,
    decision: null,
    statusBefore: null,
    decidedBy: null,
  },
})
