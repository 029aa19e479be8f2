import type { D1Database } from '@cloudflare/workers-types'
import type { Finding } from '../contract/findings.ts'
import { readFindings } from '../contract/readFindings.ts'
import type { Status } from '../contract/status.ts'
import { all, sql } from './database.ts'
import { inTime } from './timeOrder.ts'

/** A comment that a person decided, with what screening knew of it. */
export interface DecidedRow {
  seq: number
  id: string
  status: Extract<Status, 'approved' | 'rejected' | 'spam'>
  name: string
  url: string | null
  title: string
  body: string
  /** Null where what screening knew is not kept, or nothing was screened. */
  facts: string | null
}

/** A part of a list by time: what comes after the comment with a `seq`, or its start. */
export interface ListPart {
  after: number | null
  limit: number
}

/** A part of a site's comments by time, in a query whose only further value is the site's id. */
const part = (
  db: D1Database,
  siteId: string,
  { after, limit }: ListPart,
  { order, listed }: { order: 'ASC' | 'DESC'; listed: string },
) =>
  sql(
    db,
    inTime('c', (condition) => `${listed} AND ${condition}`, {
      ...{ order, from: after === null ? null : '?3', limit: '?2' },
    }),
    siteId,
    limit,
    ...(after === null ? [] : [after]),
  )

/** Comments of a site that people approved or refused, newest first. */
export const decided = (db: D1Database, siteId: string, wanted: ListPart): Promise<DecidedRow[]> =>
  all(
    part(db, siteId, wanted, {
      order: 'DESC',
      listed: `SELECT c.seq, c.id, c.status, c.name, c.url, c.page_title AS title, c.body, c.facts
       FROM comments c INDEXED BY comments_judged WHERE c.site_id = ?1 AND c.judged = 1`,
    }),
  )

/** A held comment whose place in the queue a new model may change. */
export interface HeldRow {
  seq: number
  siteId: string
  revision: number
  body: string
  name: string
  url: string | null
  findings: Finding[]
}

/** Held comments of a site that no audit hides, oldest first. */
export async function held(db: D1Database, siteId: string, wanted: ListPart): Promise<HeldRow[]> {
  const rows = await all<Omit<HeldRow, 'findings'> & { findings: string }>(
    part(db, siteId, wanted, {
      order: 'ASC',
      listed: `SELECT c.seq, c.site_id AS siteId, c.revision, c.body, c.name, c.url, c.findings
       FROM comments c INDEXED BY comments_held_site
       WHERE c.site_id = ?1 AND c.status = 'pending' AND c.verdict IS NOT NULL AND c.audited IS NULL`,
    }),
  )
  return rows.map((row) => ({ ...row, findings: readFindings(JSON.parse(row.findings)) }))
}

/** A comment that a person called fine or spam, as an export has it. */
export interface LabelledRow {
  seq: number
  thread: string
  status: 'approved' | 'spam'
  decidedAt: number
  body: string
  name: string
  url: string | null
}

/** Comments of a site that people approved or called spam, newest first. */
export const labelled = (db: D1Database, siteId: string, wanted: ListPart): Promise<LabelledRow[]> =>
  all(
    part(db, siteId, wanted, {
      order: 'DESC',
      listed: `SELECT c.seq, t.key AS thread, c.status, d.decided_at AS decidedAt, c.body, c.name, c.url
       FROM comments c INDEXED BY comments_judged JOIN decisions d ON d.id = c.decision_id
         JOIN threads t ON t.id = c.thread_id
       WHERE c.site_id = ?1 AND c.judged = 1 AND c.status IN ('approved', 'spam')`,
    }),
  )
