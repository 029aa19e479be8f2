import { requireKnownSite, requireSite } from '../../access/gate.ts'
import type { Ctx } from '../../access/identity.ts'
import { sitesOf } from '../../access/permissions.ts'
import { addBan } from '../../commands/addBan.ts'
import { removeBan } from '../../commands/removeBan.ts'
import { bansQuery, newBan } from '../../contract/bans.ts'
import { readJson } from '../../http/body.ts'
import { parse, single } from '../../http/input.ts'
import { bansPage } from '../../queries/bansPage.ts'
import { worldOf } from '../world.ts'

/** `GET /v1/bans` */
export async function getBans(c: Ctx): Promise<Response> {
  const { site, cursor } = parse(bansQuery, single(c.req.queries()))
  const siteId = site || null
  const [page] = await Promise.all([
    bansPage(worldOf(c, siteId), sitesOf(c.get('moderator'), siteId), cursor ?? null),
    requireKnownSite(c, 'bans.read', siteId),
  ])
  return c.json(page)
}

/** `POST /v1/bans` */
export async function postBan(c: Ctx): Promise<Response> {
  const ban = parse(newBan, await readJson(c.req.raw))
  requireSite(c, 'bans.change', ban.siteId, 'siteId')
  return c.json(await addBan(worldOf(c, ban.siteId), { ban, actor: c.get('moderator') }), 201)
}

/** `DELETE /v1/bans/:id` */
export async function deleteBan(c: Ctx): Promise<Response> {
  await removeBan(worldOf(c), { id: c.req.param('id') ?? '', actor: c.get('moderator') })
  return c.body(null, 204)
}
