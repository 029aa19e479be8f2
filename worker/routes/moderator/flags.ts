import { requireKnownSite } from '../../access/gate.ts'
import type { Ctx } from '../../access/identity.ts'
import { sitesOf } from '../../access/permissions.ts'
import { muteReporter } from '../../commands/muteReporter.ts'
import { flagsQuery, mutedQuery } from '../../contract/flags.ts'
import { parse, single } from '../../http/input.ts'
import { flagsPage, mutedPage } from '../../queries/flagsPage.ts'
import { worldOf } from '../world.ts'

/** `GET /v1/flags` */
export async function getFlags(c: Ctx): Promise<Response> {
  const { site, reason, sort, cursor } = parse(flagsQuery, single(c.req.queries()))
  const siteId = site || null
  const siteIds = sitesOf(c.get('moderator'), siteId)
  const [page] = await Promise.all([
    flagsPage(worldOf(c, siteId), { siteIds, reason: reason ?? null, sort, after: cursor ?? null }),
    requireKnownSite(c, 'queue.read', siteId),
  ])
  return c.json(page)
}

/** `GET /v1/muted-reporters` */
export async function getMuted(c: Ctx): Promise<Response> {
  const { site, cursor } = parse(mutedQuery, single(c.req.queries()))
  const siteId = site || null
  const siteIds = sitesOf(c.get('moderator'), siteId)
  const [page] = await Promise.all([
    mutedPage(worldOf(c, siteId), { siteIds, after: cursor ?? null }),
    requireKnownSite(c, 'queue.read', siteId),
  ])
  return c.json(page)
}

/** `PUT /v1/sites/:site/reporters/:reporter/mute` */
export const putMute = (c: Ctx): Promise<Response> => turn(c, true)

/** `DELETE /v1/sites/:site/reporters/:reporter/mute` */
export const deleteMute = (c: Ctx): Promise<Response> => turn(c, false)

async function turn(c: Ctx, muted: boolean): Promise<Response> {
  const siteId = c.req.param('site') ?? ''
  const reporter = c.req.param('reporter') ?? ''
  await muteReporter(worldOf(c, siteId), { siteId, reporter, muted, actor: c.get('moderator') })
  return c.body(null, 204)
}
