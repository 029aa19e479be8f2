import { requireSite } from '../../access/gate.ts'
import type { Ctx } from '../../access/identity.ts'
import { limitAsking } from '../../access/limits.ts'
import { checkPages } from '../../commands/checkPages.ts'
import { readSitemap } from '../../commands/readSitemap.ts'
import { pagesAsked, sitemapAsked } from '../../contract/pageChecks.ts'
import type { Site } from '../../contract/site.ts'
import { readJson } from '../../http/body.ts'
import { parse } from '../../http/input.ts'
import { Refusal } from '../../http/refusal.ts'
import * as sites from '../../store/sites.ts'
import { worldOf } from '../world.ts'

/** `POST /v1/page-checks` */
export async function postPageChecks(c: Ctx): Promise<Response> {
  const { site: id, urls } = parse(pagesAsked, await readJson(c.req.raw))
  const site = await siteAsked(c, id)
  return c.json({ items: await checkPages(worldOf(c, id), { site, urls }) })
}

/** `POST /v1/sitemaps` */
export async function postSitemaps(c: Ctx): Promise<Response> {
  const { site: id, ...asked } = parse(sitemapAsked, await readJson(c.req.raw))
  const site = await siteAsked(c, id)
  return c.json(await readSitemap(worldOf(c, id), { site, ...asked }))
}

/** The site whose pages are to be asked, if it may be asked now. */
async function siteAsked(c: Ctx, id: string): Promise<Site> {
  requireSite(c, 'imports.change', id, 'site')
  const site = await sites.find(worldOf(c, id).db, id)
  if (!site) throw new Refusal('unknown_site', { field: 'site' })
  await limitAsking(c, site)
  return site
}
