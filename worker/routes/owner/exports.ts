import { requireInstance, requireKnownSite } from '../../access/gate.ts'
import type { Ctx } from '../../access/identity.ts'
import {
  exportLinesQuery,
  exportQuery,
  jsonLines,
  type SiteExport,
  siteExportQuery,
  siteExports,
} from '../../contract/exports.ts'
import { exporters } from '../../exporters/exporters.ts'
import { jsonLinesPart } from '../../exporters/jsonLines.ts'
import { sitePart } from '../../exporters/sitePart.ts'
import { parse, single } from '../../http/input.ts'
import { Refusal } from '../../http/refusal.ts'
import { decisionsCsv } from '../../queries/decisionsCsv.ts'
import * as sites from '../../store/sites.ts'
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

/** `GET /v1/exports/wordpress.xml?site=&cursor=` and the like: a site's comments for another system, a part at a time. */
export async function getSiteExport(c: Ctx, file: SiteExport): Promise<Response> {
  const { site: id, cursor = null } = parse(siteExportQuery, single(c.req.queries()))
  await requireKnownSite(c, 'sites.export', id)
  const world = worldOf(c, id)
  const site = await sites.find(world.db, id)
  const exporter = exporters.find((one) => one.file === file)
  if (!site || !exporter) throw new Refusal('not_found')
  const { text, next } = await sitePart(world, { site, exporter, cursor })
  if (next !== null) c.header('link', `<?${new URLSearchParams({ site: id, cursor: next })}>; rel="next"`)
  c.header('content-type', `${siteExports[file]}; charset=utf-8`)
  c.header('content-disposition', `attachment; filename="${id}-${file}"`)
  return c.body(text)
}
