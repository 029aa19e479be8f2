import { requireSite } from '../../access/gate.ts'
import type { Ctx } from '../../access/identity.ts'
import { exportQuery } from '../../contract/exports.ts'
import { parse, single } from '../../http/input.ts'
import { Refusal } from '../../http/refusal.ts'
import { decisionsCsv } from '../../queries/decisionsCsv.ts'
import * as sites from '../../store/sites.ts'
import { worldOf } from '../world.ts'

/** `GET /v1/exports/decisions.csv?site=` */
export async function getDecisionsCsv(c: Ctx): Promise<Response> {
  const { site: id } = parse(exportQuery, single(c.req.queries()))
  requireSite(c, 'decisions.export', id, 'site')
  const world = worldOf(c, id)
  if (!(await sites.find(world.db, id))) throw new Refusal('unknown_site', { field: 'site' })
  c.header('content-type', 'text/csv; charset=utf-8')
  c.header('content-disposition', `attachment; filename="${id}-decisions.csv"`)
  return c.body(decisionsCsv(world, id) as never)
}
