import type { Ctx } from '../../access/identity.ts'
import { addSite } from '../../commands/addSite.ts'
import { changeSite } from '../../commands/changeSite.ts'
import type { World } from '../../commands/world.ts'
import type { Page } from '../../contract/page.ts'
import type { Site } from '../../contract/site.ts'
import { newSiteSchema, siteChangeSchema } from '../../contract/siteSchemas.ts'
import { purge } from '../../http/edgeCache.ts'
import { parse, readJson } from '../../http/input.ts'
import * as sites from '../../store/sites.ts'

/** `GET /v1/sites` */
export async function getSites(c: Ctx): Promise<Response> {
  return c.json({ items: await sites.list(c.env.DB), next: null } satisfies Page<Site>)
}

/** `POST /v1/sites` */
export async function postSite(c: Ctx): Promise<Response> {
  const site = parse(newSiteSchema, await readJson(c.req.raw))
  return c.json(await addSite(worldOf(c), { site, actor: c.get('moderator') }), 201)
}

/** `PATCH /v1/sites/:id` */
export async function patchSite(c: Ctx): Promise<Response> {
  const change = parse(siteChangeSchema, await readJson(c.req.raw))
  const site = await changeSite(worldOf(c), {
    id: c.req.param('id') ?? '',
    change,
    actor: c.get('moderator'),
  })
  purge(c.env, c.executionCtx, [{ siteId: site.id }])
  return c.json(site)
}

const worldOf = (c: Ctx): World => ({
  env: c.env,
  db: c.env.DB,
  now: Date.now(),
  defer: (work) => c.executionCtx.waitUntil(work),
})
