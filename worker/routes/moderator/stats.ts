import { requireKnownSite } from '../../access/gate.ts'
import type { Ctx } from '../../access/identity.ts'
import { sitesOf } from '../../access/permissions.ts'
import { dailyStatsQuery } from '../../contract/dailyStats.ts'
import type { Page } from '../../contract/page.ts'
import { type SiteStats, statsQuery } from '../../contract/stats.ts'
import { parse, single } from '../../http/input.ts'
import { Refusal } from '../../http/refusal.ts'
import { dailyStats } from '../../queries/dailyStats.ts'
import { statsOfSites } from '../../queries/siteStats.ts'
import * as sites from '../../store/sites.ts'
import { worldOf } from '../world.ts'

/** Sites in an answer: each has a model, which is read. */
const perPage = 20

/** `GET /v1/stats`: how screening does on each site, or on one. */
export async function getStats(c: Ctx): Promise<Response> {
  const { site, cursor } = parse(statsQuery, single(c.req.queries()))
  const world = worldOf(c, site)
  const siteIds = sitesOf(c.get('moderator'), site || null)
  const found = await sites.page(world.db, siteIds, { after: cursor ?? '', limit: perPage + 1 })
  if (site && found.length === 0) throw new Refusal('unknown_site', { field: 'site' })
  const items = await statsOfSites(world, found.slice(0, perPage))
  const next = found.length > perPage ? (items.at(-1)?.siteId ?? null) : null
  return c.json({ items, next } satisfies Page<SiteStats>)
}

/** `GET /v1/stats/days`: what came and what was decided, day by day. */
export async function getDailyStats(c: Ctx): Promise<Response> {
  const range = parse(dailyStatsQuery, single(c.req.queries()))
  if (range.site) await requireKnownSite(c, 'stats.read', range.site)
  return c.json(await dailyStats(worldOf(c, range.site || null), c.get('moderator'), range))
}
