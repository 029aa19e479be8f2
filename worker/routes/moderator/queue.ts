import { requireKnownSite } from '../../access/gate.ts'
import type { Ctx } from '../../access/identity.ts'
import { sitesOf } from '../../access/permissions.ts'
import { queueQuery } from '../../contract/queue.ts'
import { isFresh, versionSeen } from '../../http/headers.ts'
import { parse, single } from '../../http/input.ts'
import { Refusal } from '../../http/refusal.ts'
import { queuePage } from '../../queries/queuePage.ts'
import { worldOf } from '../world.ts'

/** `GET /v1/queue`: a page of one of its tabs, and what all of them count. */
export async function getQueue(c: Ctx): Promise<Response> {
  const asked = parse(queueQuery, single(c.req.queries()))
  const siteId = asked.site || null
  if (asked.sort !== 'waiting') {
    if (siteId === null)
      throw new Refusal('missing', { field: 'site', message: 'This order is for one site.' })
    if (asked.tab !== 'held' || asked.author || asked.thread || asked.q || asked.ids)
      throw new Refusal('invalid', { field: 'sort', message: 'This order is for all that a site holds.' })
  }
  const siteIds = sitesOf(c.get('moderator'), siteId)
  // Who has other sites sees another queue by the same address.
  const whose = siteIds === null ? '' : `.${siteIds.join('.')}`
  const reading = queuePage(worldOf(c, siteId), {
    siteIds,
    tab: asked.tab,
    author: asked.author || null,
    threadId: asked.thread ?? null,
    text: asked.q || null,
    ids: asked.ids ?? null,
    sort: asked.sort,
    after: asked.cursor ?? null,
    limit: asked.limit ?? 30,
    seen: versionSeen(c, whose),
  })
  const [{ version, page }] = await Promise.all([reading, requireKnownSite(c, 'queue.read', siteId)])
  return isFresh(c, `"${version}${whose}"`) || page === null ? c.body(null, 304) : c.json(page)
}
