import type { SiteRemoval } from '../contract/site.ts'
import { publish } from '../events/publish.ts'
import { Refusal } from '../http/refusal.ts'
import { mainDatabase } from '../store/database.ts'
import type { Actor } from '../store/decidedComments.ts'
import * as removal from '../store/siteRemoval.ts'
import * as sites from '../store/sites.ts'
import type { World } from './world.ts'

/**
 * Removes a site with all that belongs to it, some of it at a time: to be repeated until it is done. From the first
 * time on it takes no more comments. The audit log keeps its entries, which hold no words of authors.
 *
 * @throws Refusal `unknown_site`
 */
export async function removeSite(
  world: World,
  { id, actor }: { id: string; actor: Actor },
): Promise<SiteRemoval> {
  const { db, env, now } = world
  if (!(await sites.find(db, id))) throw new Refusal('unknown_site')
  const comments = await removal.removeComments(db, id, now)
  const isLeft =
    comments > 0 || (await removal.removeThreads(db, id)) > 0 || (await removal.removeSubscribers(db, id)) > 0
  if (isLeft) return { comments, done: false }
  await removal.removeAccess(mainDatabase(env), id)
  const event = await removal.removeSite(db, { act: 'site.remove', siteId: id, actor, at: now })
  if (event) publish(world, [event])
  return { comments, done: true }
}
