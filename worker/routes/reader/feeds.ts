import type { Ctx } from '../../access/identity.ts'
import { limitReads } from '../../access/readLimit.ts'
import { feedQuery } from '../../contract/thread.ts'
import { digest } from '../../crypto.ts'
import { atomOf } from '../../feeds/atom.ts'
import { type Feed, feedOf } from '../../feeds/feed.ts'
import { jsonFeedOf } from '../../feeds/json.ts'
import { tagsOf } from '../../http/edgeCache.ts'
import { isFresh, keepable, publicly } from '../../http/headers.ts'
import { publicQuery } from '../../http/publicQuery.ts'
import { publicUrl, voucherOf } from '../../http/publicUrl.ts'
import { latestComments } from '../../queries/latestComments.ts'
import { worldOf } from '../world.ts'

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
  const { query, isUsual } = publicQuery(c, feedQuery)
  const { key } = query
  const siteId = c.req.param('site') ?? ''
  await limitReads(c)
  const { site, rows } = await latestComments(worldOf(c, siteId), { siteId, key, limit: perFeed })
  const voucher = voucherOf(c, site)
  const self = new URL(`${publicUrl(c)}/v1/sites/${site.id}/${name}`)
  if (key !== undefined) self.searchParams.set('key', key)
  const text = format(feedOf({ site, key, self: voucher === 'nobody' ? null : self.href }, rows))
  if (voucher !== 'proxy') keepable(c, 'feed', { tags: await tagsOf(c.env, { siteId: site.id }), isUsual })
  if (isFresh(c, `"${await digest(text)}"`)) return c.body(null, 304)
  return c.body(text, 200, { 'content-type': `${type}; charset=utf-8` })
}
