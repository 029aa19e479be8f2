import type { Ctx } from '../../access/identity.ts'
import { sitesOf } from '../../access/permissions.ts'
import type { Page } from '../../contract/page.ts'
import { type SiteStats, statsQuery } from '../../contract/stats.ts'
import { parse, single } from '../../http/input.ts'
import { Refusal } from '../../http/refusal.ts'
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
