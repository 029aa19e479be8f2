import type { Ctx } from '../../access/identity.ts'
import { sitesOf } from '../../access/permissions.ts'
import type { Page } from '../../contract/page.ts'
import { type SiteStats, statsQuery } from '../../contract/stats.ts'
import { parse, single } from '../../http/input.ts'
import { Refusal } from '../../http/refusal.ts'
import { siteStats } from '../../queries/siteStats.ts'
import * as sites from '../../store/sites.ts'
import { worldOf } from '../world.ts'

/** `GET /v1/stats`: how screening does on each site, or on one. */
export async function getStats(c: Ctx): Promise<Response> {
  const { site } = parse(statsQuery, single(c.req.queries()))
  const world = worldOf(c, site)
  const found = await sites.list(world.db, sitesOf(c.get('moderator'), site || null))
  if (site && found.length === 0) throw new Refusal('unknown_site', { field: 'site' })
  const items = await Promise.all(found.map((one) => siteStats(world, one)))
  return c.json({ items, next: null } satisfies Page<SiteStats>)
}
