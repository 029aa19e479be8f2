import type { Ctx } from '../../access/identity.ts'
import { auditLogQuery } from '../../contract/auditLog.ts'
import { parse, single } from '../../http/input.ts'
import { auditLogPage } from '../../queries/auditLogPage.ts'
import { worldOf } from '../world.ts'

/** `GET /v1/audit-log`: what was done, newest first. */
export async function getAuditLog(c: Ctx): Promise<Response> {
  const { cursor, ...filter } = parse(auditLogQuery, single(c.req.queries()))
  return c.json(await auditLogPage(worldOf(c), c.get('moderator'), filter, cursor ?? null))
}
