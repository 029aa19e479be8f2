import { requireSite } from '../../access/gate.ts'
import type { Ctx } from '../../access/identity.ts'
import { type AuditLogFilter, auditLogExportQuery, auditLogQuery } from '../../contract/auditLog.ts'
import { parse, single } from '../../http/input.ts'
import { auditLogCsv } from '../../queries/auditLogCsv.ts'
import { auditLogPage } from '../../queries/auditLogPage.ts'
import { worldOf } from '../world.ts'

/** `GET /v1/audit-log`: what was done, newest first. */
export async function getAuditLog(c: Ctx): Promise<Response> {
  const { cursor, ...filter } = parse(auditLogQuery, single(c.req.queries()))
  requireTheirs(c, filter)
  return c.json(await auditLogPage(worldOf(c), c.get('moderator'), filter, cursor ?? null))
}

/** `GET /v1/exports/audit-log.csv`: the same as a file. */
export async function getAuditLogCsv(c: Ctx): Promise<Response> {
  const filter = parse(auditLogExportQuery, single(c.req.queries()))
  requireTheirs(c, filter)
  c.header('content-type', 'text/csv; charset=utf-8')
  c.header('content-disposition', 'attachment; filename="audit-log.csv"')
  return c.body(auditLogCsv(worldOf(c), c.get('moderator'), filter) as never)
}

/** Refuses a site that is not theirs. One that was deleted has its lines still, for those whose are all sites. */
function requireTheirs(c: Ctx, { site }: AuditLogFilter): void {
  if (site) requireSite(c, 'auditLog.read', site, 'site')
}
