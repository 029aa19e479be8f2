import type { Ctx } from '../../access/identity.ts'
import { sitesOf } from '../../access/permissions.ts'
import { auditLogQuery } from '../../contract/auditLog.ts'
import { parse, single } from '../../http/input.ts'
import { auditLogPage } from '../../queries/auditLogPage.ts'
import { worldOf } from '../world.ts'

/** `GET /v1/audit-log`: what was done, newest first. */
export async function getAuditLog(c: Ctx): Promise<Response> {
  const { cursor, comment } = parse(auditLogQuery, single(c.req.queries()))
  const siteIds = sitesOf(c.get('moderator'))
  return c.json(await auditLogPage(worldOf(c), { siteIds, cursor, commentId: comment }))
}
