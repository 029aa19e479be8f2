import type { ActorKind } from './decisions.ts'

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
