import { requireInstance, requireKnownSite } from '../../access/gate.ts'
import type { Ctx } from '../../access/identity.ts'
import { exportLinesQuery, exportQuery, jsonLines } from '../../contract/exports.ts'
import { jsonLinesPart } from '../../exporters/jsonLines.ts'
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

/** `GET /v1/exports/hankyo.jsonl?site=&cursor=`: all of a site, or of the instance, a part at a time. */
export async function getJsonLines(c: Ctx): Promise<Response> {
  const { site: id = null, cursor = null } = parse(exportLinesQuery, single(c.req.queries()))
  if (id === null) requireInstance(c, 'sites.export')
  else await requireKnownSite(c, 'sites.export', id)
  const complete = c.get('moderator').kind === 'operator'
  const part = await jsonLinesPart(worldOf(c, id), { siteId: id, complete, cursor })
  c.header('content-type', jsonLines)
  c.header('content-disposition', `attachment; filename="${id ?? 'hankyo'}.jsonl"`)
  return c.body(part)
}
