import type { Ctx } from '../../access/identity.ts'
import { type AuditEntry, auditLogQuery } from '../../contract/auditLog.ts'
import type { Page } from '../../contract/page.ts'
import { parse, single } from '../../http/input.ts'
import * as auditLog from '../../store/auditLog.ts'

const perPage = 50

/** `GET /v1/audit-log`: what was done, newest first. */
export async function getAuditLog(c: Ctx): Promise<Response> {
  const { cursor, comment } = parse(auditLogQuery, single(c.req.queries()))
  const entries = await auditLog.list(c.env.DB, {
    before: cursor ?? Number.MAX_SAFE_INTEGER,
    commentId: comment ?? null,
    limit: perPage + 1,
  })
  const items = entries.slice(0, perPage)
  const next = entries.length > perPage ? String(items.at(-1)?.id) : null
  return c.json({ items, next } satisfies Page<AuditEntry>)
}
