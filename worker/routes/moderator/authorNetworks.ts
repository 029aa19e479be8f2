import { requireSite } from '../../access/gate.ts'
import type { Ctx } from '../../access/identity.ts'
import { authorNetworksQuery } from '../../contract/authorNetworks.ts'
import { parse, single } from '../../http/input.ts'
import { authorNetworks } from '../../queries/authorNetworks.ts'
import { worldOf } from '../world.ts'

/** `GET /v1/authors/:id/networks` */
export async function getAuthorNetworks(c: Ctx): Promise<Response> {
  const { site } = parse(authorNetworksQuery, single(c.req.queries()))
  requireSite(c, 'bans.change', site, 'site')
  const asked = { siteId: site, author: c.req.param('id') ?? '' }
  return c.json(await authorNetworks(worldOf(c, site), asked))
}
