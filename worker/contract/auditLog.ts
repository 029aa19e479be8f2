import * as v from 'valibot'
import type { ActorKind } from './decisions.ts'
import { digits, uuid } from './fields.ts'

/** An item of `GET /v1/audit-log`. */
export interface AuditEntry {
  id: number
  at: string
  actor: { kind: ActorKind; name: string }
  /** `comment.approve`, `comment.undo`, `thread.close`, `ban.add`, `session.start`, … */
  act: string
  siteId: string | null
  commentId: string | null
  details: Record<string, unknown>
}

/** The query of `GET /v1/audit-log`: where the page before ended, and one comment's entries alone. */
export const auditLogQuery = v.strictObject({ cursor: v.optional(digits), comment: v.optional(uuid) })
