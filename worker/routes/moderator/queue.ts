import { requireKnownSite } from '../../access/gate.ts'
import type { Ctx } from '../../access/identity.ts'
import { sitesOf } from '../../access/permissions.ts'
import { queueQuery } from '../../contract/queue.ts'
import { countFound } from '../../contract/queueFilter.ts'
import { paceQuery } from '../../contract/queuePace.ts'
import { isFresh, versionSeen } from '../../http/headers.ts'
import { parse, single } from '../../http/input.ts'
import { Refusal } from '../../http/refusal.ts'
import { foundCounts } from '../../queries/foundCounts.ts'
import { queuePace } from '../../queries/queuePace.ts'
import { queuePage } from '../../queries/queuePage.ts'
import { worldOf } from '../world.ts'
import { searchOf } from './search.ts'

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
    search: asked.q ? searchOf(c, asked.q) : null,
    ids: asked.ids ?? null,
    sort: asked.sort,
    after: asked.cursor ?? null,
    limit: asked.limit ?? 30,
    seen: asked.q ? undefined : versionSeen(c, whose),
  })
  const [{ version, page }] = await Promise.all([reading, requireKnownSite(c, 'queue.read', siteId)])
  // What a search finds may change when the index has caught up, and nothing else has.
  if (asked.q) return c.json(page)
  return isFresh(c, `"${version}${whose}"`) || page === null ? c.body(null, 304) : c.json(page)
}

/** `GET /v1/queue/counts`: how many of each tab a search finds. */
export async function getFoundCounts(c: Ctx): Promise<Response> {
  const asked = parse(countFound.query, single(c.req.queries()))
  const siteId = asked.site || null
  const search = searchOf(c, asked.q ?? '')
  const siteIds = sitesOf(c.get('moderator'), siteId)
  const counting = foundCounts(worldOf(c, siteId), {
    ...{ ...search, siteIds, author: asked.author || null, threadId: asked.thread ?? null },
  })
  const [found] = await Promise.all([counting, requireKnownSite(c, 'queue.read', siteId)])
  return c.json(found)
}

/** `GET /v1/queue/pace`: what was decided within the last hour, and when the next comment is likely. */
export async function getQueuePace(c: Ctx): Promise<Response> {
  const siteId = parse(paceQuery, single(c.req.queries())).site ?? null
  const reading = queuePace(worldOf(c, siteId), sitesOf(c.get('moderator'), siteId))
  const [pace] = await Promise.all([reading, requireKnownSite(c, 'queue.read', siteId)])
  return c.json(pace)
}
