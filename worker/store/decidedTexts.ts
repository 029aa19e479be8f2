import type { D1Database } from '@cloudflare/workers-types'
import type { ActorKind, DecisionView } from '../contract/decisions.ts'
import type { Status } from '../contract/status.ts'
import { first, sql } from './database.ts'

/** A comment with the decision that stands, or stood before an appeal, as a service outside may be told of it. */
export interface DecidedText {
  id: string
  siteId: string
  locale: string
  origins: string
  status: Status
  reason: string | null
  byKind: ActorKind | null
  action: DecisionView['action'] | null
  erased: number
  body: string
  name: string
  email: string | null
  url: string | null
  pageUrl: string
  pageTitle: string
  createdAt: number
}

/** A reader's comment with that; null for what staff wrote. */
export async function decidedText(db: D1Database, commentId: string): Promise<DecidedText | null> {
  return first(
    sql(
      db,
      `SELECT c.id, c.site_id AS siteId, o.locale, o.origins, c.erased, d.reason, d.actor_kind AS byKind, d.action,
         iif(s.action = 'appeal', s.status_before, c.status) AS status,
         c.body, c.name, c.email, c.url, c.page_url AS pageUrl, c.page_title AS pageTitle, c.created_at AS createdAt
       FROM comments c JOIN sites o ON o.id = c.site_id
         LEFT JOIN decisions s ON s.id = c.decision_id
         LEFT JOIN decisions d ON d.id = iif(s.action = 'appeal', s.decision_before, s.id)
       WHERE c.id = ? AND c.staff_id IS NULL`,
      commentId,
    ),
  )
}
