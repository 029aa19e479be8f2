import { bearer, type Ctx } from '../access/identity.ts'
import { type Sender, sourceOf } from '../access/sender.ts'
import type { Site } from '../contract/site.ts'
import { digest } from '../crypto.ts'
import { networksAsking } from '../http/address.ts'
import { Refusal } from '../http/refusal.ts'
import * as authors from '../store/authors.ts'
import * as sites from '../store/sites.ts'
import { worldOf } from './world.ts'

/**
 * The site that a path names, and who sends something to it.
 *
 * @param token as they bring it, where that is not in the header
 * @throws Refusal `unknown_site`
 */
export async function senderOf(c: Ctx, token = bearer(c)): Promise<{ site: Site; sender: Sender }> {
  const siteId = c.req.param('site') ?? ''
  const world = worldOf(c, siteId)
  const hash = token && (await digest(token))
  const [site, author, source] = await Promise.all([
    sites.find(world.db, siteId),
    hash === null ? null : authors.find(world.db, siteId, hash),
    sourceOf(world, networksAsking(c.req.raw)),
  ])
  if (!site) throw new Refusal('unknown_site')
  return { site, sender: { token, hash, author, ...source } }
}
