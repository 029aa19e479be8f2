import type { D1Database } from '@cloudflare/workers-types'
import type { ActorKind, DecisionView } from '../contract/decisions.ts'
import type { Status } from '../contract/status.ts'
import { all, sql } from './database.ts'

/** A comment whose decision the learner has yet to take in, as it stands now, or stood before an appeal. */
export interface Untaught {
  seq: number
  since: number
  status: Status
  erased: number
  reason: string | null
  /** Who took the decision that stands; null where none does, or where staff wrote the comment. */
  byKind: ActorKind | null
  action: DecisionView['action'] | null
  body: string
  name: string
  url: string | null
  bodyHash: string
  signature: string | null
  audited: string | null
  authorId: number
  address: string | null
  /** 1 where a person had decided it in the system that it comes from. */
  decidedBefore: number
  threadId: number | null
  /** What screening said when it came: log-odds of spam by a model of so many decisions, for how many verdicts it stands. */
  score: number | null
  decisions: number | null
  standsFor: number | null
  /** Where its verdict is counted as one that nobody read; null where it is not. */
  unreadPlace: string | null
  /** 1 where it was decided in a sweep, and where a person looked at it a second time and decided the same. */
  swept: number
  isConfirmed: number
}

export async function waiting(db: D1Database, siteId: string, limit: number): Promise<Untaught[]> {
  return all(
    sql(
      db,
      `SELECT u.comment_seq AS seq, u.since, iif(s.action = 'appeal', s.status_before, c.status) AS status,
         coalesce(c.erased, 1) AS erased, coalesce(c.decided_before, 0) AS decidedBefore, d.reason,
         iif(c.staff_id IS NULL, d.actor_kind, NULL) AS byKind, d.action,
         c.body, c.name, c.url, c.body_hash AS bodyHash, c.signature, c.audited, c.author_id AS authorId, c.address,
         c.thread_id AS threadId, c.facts ->> '$.learnt.score' AS score, c.facts ->> '$.learnt.decisions' AS decisions,
         c.facts ->> '$.standsFor' AS standsFor, c.facts ->> '$.unreadPlace' AS unreadPlace, coalesce(d.swept, 0) AS swept,
         EXISTS (SELECT 1 FROM second_looks l WHERE l.comment_seq = u.comment_seq AND l.changed = 0
           AND l.answered_at >= coalesce(d.decided_at, 0)) AS isConfirmed
       FROM untaught u INDEXED BY untaught_site
         LEFT JOIN comments c ON c.seq = u.comment_seq
         LEFT JOIN decisions s ON s.id = c.decision_id
         LEFT JOIN decisions d ON d.id = iif(s.action = 'appeal', s.decision_before, s.id)
       WHERE u.site_id = ? ORDER BY u.since, u.comment_seq LIMIT ?`,
      siteId,
      limit,
    ),
  )
}
