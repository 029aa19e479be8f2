import { bearer, type Ctx } from '../access/identity.ts'
import type { Sender } from '../access/sender.ts'
import type { Site } from '../contract/site.ts'
import { digest } from '../crypto.ts'
import { networksAsking } from '../http/address.ts'
import { Refusal } from '../http/refusal.ts'
import * as authors from '../store/authors.ts'
import { databaseOf } from '../store/database.ts'
import * as sites from '../store/sites.ts'

/**
 * The site that a path names, and who sends something to it.
 *
 * @param token as they bring it, where that is not in the header
 * @throws Refusal `unknown_site`
 */
export async function senderOf(c: Ctx, token = bearer(c)): Promise<{ site: Site; sender: Sender }> {
  const siteId = c.req.param('site') ?? ''
  const db = databaseOf(c.env, siteId)
  const hash = token && (await digest(token))
  const [site, author] = await Promise.all([
    sites.find(db, siteId),
    hash === null ? null : authors.find(db, siteId, hash),
  ])
  if (!site) throw new Refusal('unknown_site')
  return { site, sender: { token, hash, author, networks: networksAsking(c.req.raw) } }
}
