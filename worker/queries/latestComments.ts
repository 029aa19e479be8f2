import type { World } from '../commands/world.ts'
import type { Site } from '../contract/site.ts'
import { Refusal } from '../http/refusal.ts'
import * as feeds from '../store/feeds.ts'
import * as sites from '../store/sites.ts'

/**
 * The latest shown comments of a site, or of its thread with a key, newest first.
 *
 * @throws Refusal `unknown_site`
 */
export async function latestComments(
  { db }: World,
  { siteId, key, limit }: { siteId: string; key?: string | undefined; limit: number },
): Promise<{ site: Site; rows: feeds.FeedRow[] }> {
  const [site, rows] = await Promise.all([
    sites.find(db, siteId),
    key === undefined
      ? feeds.latestOfSite(db, siteId, limit)
      : feeds.latestOfThread(db, { siteId, key }, limit),
  ])
  if (!site) throw new Refusal('unknown_site')
  return { site, rows }
}
