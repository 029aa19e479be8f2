import * as v from 'valibot'
import { moment, whole } from './answers.ts'
import { actorKinds } from './decisions.ts'
import { digits, uuid } from './input.ts'
import type { Operation } from './operation.ts'
import { page } from './page.ts'

/** An item of `GET /v1/audit-log`. */
export const auditEntry = v.object({
  id: whole,
  at: moment,
  actor: v.object({ kind: v.picklist(actorKinds), name: v.string() }),
  /** `comment.approve`, `comment.undo`, `thread.close`, `ban.add`, `session.start`, … */
  act: v.string(),
  siteId: v.nullable(v.string()),
  commentId: v.nullable(v.string()),
  /** The comment as it stands now: its author's name, and how it begins. Null where there is none, or its words are erased. */
  comment: v.nullable(v.object({ author: v.string(), excerpt: v.string() })),
  details: v.record(v.string(), v.unknown()),
})
export type AuditEntry = v.InferOutput<typeof auditEntry>

/** The query of `GET /v1/audit-log`: where the page before ended, and one comment's entries alone. */
export const auditLogQuery = v.strictObject({ cursor: v.optional(digits), comment: v.optional(uuid) })

export const readAuditLog = {
  summary: 'Tells what was done on your sites, by whom and when, the latest first.',
  query: auditLogQuery,
  answers: { 200: page(auditEntry) },
} satisfies Operation
