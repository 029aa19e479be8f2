import { requireKnownSite, requireSite } from '../../access/gate.ts'
import type { Ctx } from '../../access/identity.ts'
import { sitesOf } from '../../access/permissions.ts'
import { addBan } from '../../commands/addBan.ts'
import { bannable, doubtAbout } from '../../commands/bannable.ts'
import { removeBan } from '../../commands/removeBan.ts'
import { type BanReach, banReachQuery } from '../../contract/banReach.ts'
import { banRemoval, bansQuery, newBan } from '../../contract/bans.ts'
import { rangesAround, registrableRange } from '../../http/address.ts'
import { readJson } from '../../http/body.ts'
import { parse, single } from '../../http/input.ts'
import { domainOf } from '../../moderation/text/domain.ts'
import { banReach } from '../../queries/banReach.ts'
import { bansPage } from '../../queries/bansPage.ts'
import * as sites from '../../store/sites.ts'
import { worldOf } from '../world.ts'

/** `GET /v1/bans` */
export async function getBans(c: Ctx): Promise<Response> {
  const { site, cursor, q } = parse(bansQuery, single(c.req.queries()))
  const siteId = site || null
  const [page] = await Promise.all([
    bansPage(worldOf(c, siteId), {
      siteIds: sitesOf(c.get('moderator'), siteId),
      after: cursor ?? null,
      search: q ? { values: formsOf(q), start: startOf(q) } : null,
    }),
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

/** Every value by which somebody who is looked for may be banned. */
const formsOf = (q: string) =>
  [q, registrableRange(q), domainOf(q), ...rangesAround(q)].filter((form) => form !== null)

const startOf = (q: string) => q.toLowerCase()

/** `GET /v1/bans/reach` */
export async function getBanReach(c: Ctx): Promise<Response> {
  const { site, kind, value } = parse(banReachQuery, single(c.req.queries()))
  requireSite(c, 'bans.change', site, 'site')
  const known = bannable(kind, value)
  const world = worldOf(c, site)
  const [reach, found] = await Promise.all([
    banReach(world, { siteId: site, kind, value: known }),
    kind === 'domain' ? sites.find(world.db, site) : null,
  ])
  const doubt = doubtAbout(kind, known, found?.origins ?? [])
  return c.json({ value: known, doubt, ...reach } satisfies BanReach)
}

/** `DELETE /v1/bans/:id` */
export async function deleteBan(c: Ctx): Promise<Response> {
  const { undo } = parse(banRemoval, single(c.req.queries()))
  await removeBan(worldOf(c), {
    id: c.req.param('id') ?? '',
    undo: undo === 'true',
    actor: c.get('moderator'),
  })
  return c.body(null, 204)
}
