import type { Ctx } from '../../access/identity.ts'
import { feedQuery } from '../../contract/thread.ts'
import { atomOf } from '../../feeds/atom.ts'
import { type Feed, feedOf } from '../../feeds/feed.ts'
import { jsonFeedOf } from '../../feeds/json.ts'
import { publicly } from '../../http/headers.ts'
import { publicQuery } from '../../http/publicQuery.ts'
import { publicUrl, voucherOf } from '../../http/publicUrl.ts'
import { latestComments } from '../../queries/latestComments.ts'
import { sendRendered } from './rendered.ts'

const perFeed = 50

/** `GET /v1/sites/:site/feed.atom`: the latest shown comments of a site, or of its thread `?key=`. */
export async function getAtomFeed(c: Ctx): Promise<Response> {
  return send(c, 'feed.atom', 'application/atom+xml', atomOf)
}

/** `GET /v1/sites/:site/feed.json`: the same as JSON. */
export async function getJsonFeed(c: Ctx): Promise<Response> {
  return send(c, 'feed.json', 'application/feed+json', jsonFeedOf)
}

async function send(c: Ctx, name: string, type: string, format: (feed: Feed) => string): Promise<Response> {
  publicly(c)
  const { query, cacheKey, isUsual } = publicQuery(c, feedQuery)
  const { key } = query
  const siteId = c.req.param('site') ?? ''
  return sendRendered(c, { cacheKey, isUsual, read: 'feed', type }, async (world) => {
    const { site, rows } = await latestComments(world, { siteId, key, limit: perFeed })
    const self = new URL(`${publicUrl(c)}/v1/sites/${site.id}/${name}`)
    if (key !== undefined) self.searchParams.set('key', key)
    const text = format(feedOf({ site, key, self: voucherOf(c, site) === 'nobody' ? null : self.href }, rows))
    return { text, site }
  })
}
