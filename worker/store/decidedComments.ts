import type { D1Database } from '@cloudflare/workers-types'
import type { AppealState } from '../contract/appeals.ts'
import { type ActorKind, type DecisionView, isJudgement, type Present } from '../contract/decisions.ts'
import type { Status } from '../contract/status.ts'
import { all, first, iso, sql } from './database.ts'

/** Who decides. */
export interface Actor {
  kind: ActorKind
  id: string
  name: string
}

/** Screening and its learner, where they decide. */
export const screening: Actor = { kind: 'screening', id: 'screening', name: 'screening' }

/** The state a decision gives a comment. */
export interface Outcome {
  status: Status
  shownRevision: number | null
}

/** A comment as a decision finds it. */
export interface Subject extends Present {
  seq: number
  id: string
  siteId: string
  threadId: number
  authorId: number
  parentSeq: number | null
  rootSeq: number | null
  shownRevision: number | null
  flags: number
  /** Flags that nobody has answered, enough of them or not. */
  openFlags: number
  erased: number
  /** What became of its author's wish for another look; null where there was none. */
  appealState: AppealState | null
  /** The status that the author's record counts: while an appeal waits, the refusal's. */
  counted: Status
  /** The status before the standing decision. */
  statusBefore: Status | null
  /** Id of who took the standing decision. */
  decidedBy: string | null
}

/** What an author's record counts of a comment of this standing decision and status. */
export const countedFor = (decision: string, status: string) =>
  `CASE ${decision}.action WHEN 'appeal' THEN ${decision}.status_before ELSE ${status} END`

/** What a `Subject` is read from, in a query where `c` is the comment and `d` its standing decision. */
export const subjectColumns = `c.seq, c.id, c.site_id AS siteId, c.thread_id AS threadId, c.author_id AS authorId,
    c.parent_seq AS parentSeq, c.root_seq AS rootSeq, c.status, c.revision, c.flags, c.open_flags AS openFlags,
    c.erased,
    c.appeal_state AS appealState,
    c.shown_revision AS shownRevision, d.id AS decisionId, d.action, d.reason, d.actor_kind AS byKind,
    d.actor_name AS byName, d.decided_at AS decidedAt, d.actor_id AS decidedBy,
    d.status_before AS statusBefore, ${countedFor('d', 'c.status')} AS counted`

const subjectQuery = (where: string) =>
  `SELECT ${subjectColumns} FROM comments c LEFT JOIN decisions d ON d.id = c.decision_id WHERE ${where}`

/** Columns of a standing decision that other queries read too. */
export interface DecisionColumns {
  decisionId: string | null
  action: DecisionView['action']
  reason: string | null
  byKind: ActorKind
  byName: string
  decidedAt: number
}

/** The decision that stands, or null where none does. */
export function decisionView(row: DecisionColumns): DecisionView | null {
  if (row.decisionId === null) return null
  return {
    id: row.decisionId,
    action: row.action,
    by: row.byName,
    byKind: row.byKind,
    reason: row.reason,
    at: iso(row.decidedAt),
  }
}

/** A row with the columns of a subject. */
export type SubjectRow<Row extends Subject = Subject> = Omit<Row, 'decision'> & DecisionColumns

/** What such a row is of. */
export const subjectOf = <Row extends Subject>(row: SubjectRow<Row>) =>
  ({ ...row, decision: decisionView(row) }) as unknown as Row

async function subjectBy(db: D1Database, where: string, value: unknown): Promise<Subject | null> {
  const row = await first<SubjectRow>(sql(db, subjectQuery(where), value))
  return row && subjectOf(row)
}

/** The comment a decision is about, with the decision that stands. */
export const byId = (db: D1Database, commentId: string) => subjectBy(db, 'c.id = ?', commentId)

/** The comments that decisions are about, by their ids. */
export async function byIds(db: D1Database, ids: string[]): Promise<Map<string, Subject>> {
  const rows = await all<SubjectRow>(
    sql(db, subjectQuery('c.id IN (SELECT value FROM json_each(?))'), JSON.stringify(ids)),
  )
  return new Map(rows.map((row) => [row.id, subjectOf(row)]))
}

/** The same by their numbers, as they come. */
export async function bySeqs(db: D1Database, seqs: number[]): Promise<Subject[]> {
  const rows = await all<SubjectRow>(
    sql(db, subjectQuery('c.seq IN (SELECT value FROM json_each(?))'), JSON.stringify(seqs)),
  )
  return rows.map((row) => subjectOf(row))
}

/** The comment an earlier decision was about. */
export const ofDecision = (db: D1Database, decisionId: string) =>
  subjectBy(db, 'c.seq = (SELECT comment_seq FROM decisions WHERE id = ?)', decisionId)

/** Whether a person approved a comment. */
export const isVouched = ({ status, decision }: Subject) =>
  status === 'approved' && isJudgement(decision?.byKind, decision?.action)

/** What an event tells of a comment whose status changes. */
export const changeOf = (subject: Subject, outcome: Outcome) => ({
  siteId: subject.siteId,
  commentId: subject.id,
  threadId: subject.threadId,
  revision: subject.revision,
  from: subject.status,
  to: outcome.status,
  visible: outcome.shownRevision !== subject.shownRevision,
})
