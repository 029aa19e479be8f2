import { requireInstance } from '../../access/gate.ts'
import type { Ctx } from '../../access/identity.ts'
import { sitesOf } from '../../access/permissions.ts'
import { addSite } from '../../commands/addSite.ts'
import { changeSite } from '../../commands/changeSite.ts'
import type { Page } from '../../contract/page.ts'
import type { Site } from '../../contract/site.ts'
import { newSite, siteChange } from '../../contract/siteSchemas.ts'
import { readJson } from '../../http/body.ts'
import { purge } from '../../http/edgeCache.ts'
import { parse } from '../../http/input.ts'
import * as sites from '../../store/sites.ts'
import { worldOf } from '../world.ts'

/** `GET /v1/sites` */
export async function getSites(c: Ctx): Promise<Response> {
  const items = await sites.list(c.env.DB, sitesOf(c.get('moderator')))
  return c.json({ items, next: null } satisfies Page<Site>)
}

/** `POST /v1/sites` */
export async function postSite(c: Ctx): Promise<Response> {
  requireInstance(c, 'sites.add')
  const site = parse(newSite, await readJson(c.req.raw))
  return c.json(await addSite(worldOf(c), { site, actor: c.get('moderator') }), 201)
}

/** `PATCH /v1/sites/:id` */
export async function patchSite(c: Ctx): Promise<Response> {
  const change = parse(siteChange, await readJson(c.req.raw))
  const site = await changeSite(worldOf(c), {
    id: c.req.param('id') ?? '',
    change,
    actor: c.get('moderator'),
  })
  purge(c.env, c.executionCtx, [{ siteId: site.id }])
  return c.json(site)
}
