import { requireKnownSite } from '../../access/gate.ts'
import type { Ctx } from '../../access/identity.ts'
import { exportQuery } from '../../contract/exports.ts'
import { parse, single } from '../../http/input.ts'
import { decisionsCsv } from '../../queries/decisionsCsv.ts'
import { worldOf } from '../world.ts'

/** `GET /v1/exports/decisions.csv?site=` */
export async function getDecisionsCsv(c: Ctx): Promise<Response> {
  const { site: id } = parse(exportQuery, single(c.req.queries()))
  await requireKnownSite(c, 'decisions.export', id)
  c.header('content-type', 'text/csv; charset=utf-8')
  c.header('content-disposition', `attachment; filename="${id}-decisions.csv"`)
  return c.body(decisionsCsv(worldOf(c, id), id) as never)
}
