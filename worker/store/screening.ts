import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { CommentHeld } from '../contract/events.ts'
import type { Band, Finding, TrustPin, Verdict } from '../contract/findings.ts'
import type { Policy } from '../contract/policies.ts'
import { batch, type Condition, changed, first, sql } from './database.ts'
import { type Subject, type SubjectRow, screening, subjectColumns, subjectOf } from './decidedComments.ts'
import type { Deliveries } from './delivery.ts'
import { addVerdict } from './figures.ts'
import { hasText, linking } from './likeness.ts'
import { askingOfPage } from './unread.ts'

/** A comment as screening looks at it. */
export interface Candidate extends Subject {
  verdict: Verdict | null
  name: string
  email: string | null
  url: string | null
  pageUrl: string
  pageTitle: string
  body: string
  content: string
  bodyHash: string
  elapsedMs: number
  trapped: number
  address: string | null
  createdAt: number
  editedAt: number | null
  threadChecked: number
  /** Spam verdicts of its page that went to a person. */
  spamAsked: number
  authorPublicId: string
  /** Of the author's comments on the site, those that people approved. */
  approved: number
  rejected: number
  spam: number
  firstApprovedAt: number | null
  pinnedTrust: TrustPin | null
  policy: Policy
  settings: string
  locale: string
  origins: string
}

export async function candidate(db: D1Database, id: string): Promise<Candidate | null> {
  const row = await first<SubjectRow<Candidate>>(
    sql(
      db,
      `SELECT ${subjectColumns}, c.verdict, c.name, c.email, c.url, c.page_url AS pageUrl, c.page_title AS pageTitle,
         c.body, c.content, c.body_hash AS bodyHash, c.elapsed_ms AS elapsedMs, c.trapped, c.address,
         c.created_at AS createdAt, c.edited_at AS editedAt, t.checked AS threadChecked, t.spam_asked AS spamAsked,
         c.author_public_id AS authorPublicId, a.vouched AS approved, a.rejected, a.spam,
         a.first_approved_at AS firstApprovedAt, a.pinned_trust AS pinnedTrust, s.policy, s.settings, s.locale, s.origins
       FROM comments c JOIN authors a ON a.id = c.author_id JOIN sites s ON s.id = c.site_id
         JOIN threads t ON t.id = c.thread_id LEFT JOIN decisions d ON d.id = c.decision_id
       WHERE c.id = ?`,
      id,
    ),
  )
  return row && subjectOf(row)
}

/** Other comments of the site with the same text, looking at no more than `most`. */
export async function repeats(
  db: D1Database,
  comment: { siteId: string; bodyHash: string; seq: number },
  most = 50,
): Promise<{ total: number; refused: number }> {
  const row = await first<{ total: number; refused: number }>(
    sql(
      db,
      `SELECT count(*) AS total, coalesce(sum(status IN ('spam', 'rejected')), 0) AS refused FROM (
         SELECT status FROM comments INDEXED BY comments_repeat
         WHERE site_id = ?1 AND ${hasText('?2')} AND seq <> ?3 LIMIT ?4)`,
      comment.siteId,
      comment.bodyHash,
      comment.seq,
      most,
    ),
  )
  return row ?? { total: 0, refused: 0 }
}

/** Comments from one address since a time, looking at no more than 50. */
export async function sameAddress(db: D1Database, address: string, since: number): Promise<number> {
  const row = await first<{ count: number }>(
    sql(
      db,
      `SELECT count(*) AS count FROM (SELECT 1 FROM comments INDEXED BY comments_address
         WHERE address = ? AND created_at >= ? ORDER BY seq DESC LIMIT 50)`,
      address,
      since,
    ),
  )
  return row?.count ?? 0
}

export interface Screened extends Pick<Candidate, 'seq' | 'siteId' | 'revision' | 'createdAt' | 'editedAt'> {
  verdict: Verdict
  findings: Finding[]
  sameAddress: number | null
  deadLetter: boolean
  /** What the learner said, and what to sort by; null where it said nothing. */
  opinion: { band: Band; score: number | null; doubt: number | null } | null
  /** An automatic verdict that a person is to decide again without being told it. */
  audited: Verdict | null
  /** Where an automatic verdict is counted that nobody checks; null of any other. */
  unreadPlace: string | null
  /** What screening knew, without the text, as JSON. */
  facts: string | null
  signature: string | null
  /** Hosts that it links to, as many as are remembered. */
  hosts: string[]
}

/**
 * Writes what screening found about a revision that still waits and has no verdict yet, and leaves it to a person.
 *
 * @returns what happened; null when it was decided, edited or screened in the meantime: then nothing was written
 */
export async function hold(
  db: D1Database,
  result: Screened & { id: string; threadId: number },
  { at, deliveries }: { at: number; deliveries: Deliveries },
): Promise<CommentHeld | null> {
  const { id: commentId, siteId, revision } = result
  const event: CommentHeld = { act: 'comment.held', at, actor: screening, siteId, commentId, revision }
  const [written] = await batch(db, [
    noting(db, result, { text: "status = 'pending'", values: [] }),
    addVerdict(db, { ...result, at }),
    ...deliveries(db, [{ event }], changed),
    ...linking(db, result, result.hosts),
    ...(result.audited === 'spam' ? [askingOfPage(db, result)] : []),
  ])
  return written?.meta.changes === 1 ? event : null
}

/** The statements that note what screening found about a comment that a decision of its own has taken on. */
export const writing = (
  db: D1Database,
  result: Screened,
  { decisionId, at }: { decisionId: string; at: number },
): D1PreparedStatement[] => [
  noting(db, result, { text: 'decision_id = ?', values: [decisionId] }),
  addVerdict(db, { ...result, at }),
  ...linking(db, result, result.hosts),
]

/** A statement that notes what screening found about a revision without a verdict, where a condition holds. */
function noting(db: D1Database, result: Screened, condition: Condition): D1PreparedStatement {
  const { opinion } = result
  // Whatever is set is written in every index that has it.
  const sorting = opinion ? [opinion.score ?? 1e9, opinion.doubt ?? -1] : []
  return sql(
    db,
    `UPDATE comments SET verdict = ?, findings = ?, same_address = ?, dead_letter = ?, band = ?, audited = ?,
       facts = ?, signature = ?${sorting.length > 0 ? ', score = ?, doubt = ?' : ''}
     WHERE seq = ? AND revision = ? AND verdict IS NULL AND ${condition.text}`,
    result.verdict,
    JSON.stringify(result.findings),
    result.sameAddress,
    result.deadLetter ? 1 : 0,
    opinion?.band ?? null,
    result.audited,
    result.facts,
    result.signature,
    ...sorting,
    result.seq,
    result.revision,
    ...condition.values,
  )
}

/** Writes what a newer model says of comments that still wait; their verdicts stay. */
export async function rewrite(
  db: D1Database,
  siteId: string,
  results: Pick<Screened, 'seq' | 'revision' | 'findings' | 'opinion'>[],
): Promise<void> {
  await batch(db, [
    ...results.map(({ seq, revision, findings, opinion }) =>
      sql(
        db,
        `UPDATE comments SET findings = ?, band = ?, score = coalesce(?, 1e9), doubt = coalesce(?, -1)
         WHERE seq = ? AND revision = ? AND status = 'pending' AND verdict IS NOT NULL AND audited IS NULL`,
        JSON.stringify(findings),
        opinion?.band ?? null,
        opinion?.score ?? null,
        opinion?.doubt ?? null,
        seq,
        revision,
      ),
    ),
    sql(db, 'UPDATE tallies SET version = version + 1 WHERE site_id = ?', siteId),
  ])
}
