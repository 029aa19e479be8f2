import { requireInstance } from '../../access/gate.ts'
import type { Ctx } from '../../access/identity.ts'
import { sitesOf } from '../../access/permissions.ts'
import { addSite } from '../../commands/addSite.ts'
import { archiveSite } from '../../commands/archiveSite.ts'
import { changeSite } from '../../commands/changeSite.ts'
import { removeSite } from '../../commands/removeSite.ts'
import type { Page } from '../../contract/page.ts'
import type { ListedSite } from '../../contract/site.ts'
import { newSite, siteChange } from '../../contract/siteSchemas.ts'
import { readJson } from '../../http/body.ts'
import { parse } from '../../http/input.ts'
import { sightingsOf } from '../../queries/sightingsOf.ts'
import { sitesPage } from '../../queries/sitesPage.ts'
import { worldOf } from '../world.ts'

/** `GET /v1/sites` */
export async function getSites(c: Ctx): Promise<Response> {
  const items = await sitesPage(worldOf(c), sitesOf(c.get('moderator')))
  return c.json({ items, next: null } satisfies Page<ListedSite>)
}

/** `POST /v1/sites` */
export async function postSite(c: Ctx): Promise<Response> {
  requireInstance(c, 'sites.add')
  const site = parse(newSite, await readJson(c.req.raw))
  return c.json(await addSite(worldOf(c, site.id), { site, actor: c.get('moderator') }), 201)
}

/** `PATCH /v1/sites/:id` */
export async function patchSite(c: Ctx): Promise<Response> {
  const id = c.req.param('id') ?? ''
  const change = parse(siteChange, await readJson(c.req.raw))
  return c.json(await changeSite(worldOf(c, id), { id, change, actor: c.get('moderator') }))
}

/** `GET /v1/sites/:id/sightings` */
export async function getSightings(c: Ctx): Promise<Response> {
  const id = c.req.param('id') ?? ''
  return c.json(await sightingsOf(worldOf(c, id), id))
}

/** `POST /v1/sites/:id/archive` */
export const postArchive = (c: Ctx) => setArchived(c, true)

/** `DELETE /v1/sites/:id/archive` */
export const deleteArchive = (c: Ctx) => setArchived(c, false)

async function setArchived(c: Ctx, archived: boolean): Promise<Response> {
  const id = c.req.param('id') ?? ''
  return c.json(await archiveSite(worldOf(c, id), { id, archived, actor: c.get('moderator') }))
}

/** `DELETE /v1/sites/:id` */
export async function deleteSite(c: Ctx): Promise<Response> {
  const id = c.req.param('id') ?? ''
  return c.json(await removeSite(worldOf(c, id), { id, actor: c.get('moderator') }))
}
