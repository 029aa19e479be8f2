import type { Site } from '../contract/site.ts'
import type { SiteChange } from '../contract/siteSchemas.ts'
import { publish } from '../events/publish.ts'
import { Refusal } from '../http/refusal.ts'
import type { Actor } from '../store/decidedComments.ts'
import * as sites from '../store/sites.ts'
import { rebadging } from '../store/staffAuthors.ts'
import { staffBadge } from './staffBadge.ts'
import { requireTurnstile } from './turnstileKeys.ts'
import type { World } from './world.ts'

/**
 * Changes what is given of a site; settings that are left out stay as they are.
 *
 * @throws Refusal `unknown_site`, or `missing` where it asks for Turnstile without its keys
 */
export async function changeSite(
  world: World,
  { id, change: { settings, ...changed }, actor }: { id: string; change: SiteChange; actor: Actor },
): Promise<Site> {
  const site = await sites.find(world.db, id)
  if (!site) throw new Refusal('unknown_site')
  const after = { ...site, ...changed, settings: { ...site.settings, ...settings } }
  await requireTurnstile(world, id, after.settings)
  const badges = { siteId: id, before: staffBadge(site), after: staffBadge(after) }
  const also = badges.before === badges.after ? [] : [rebadging(world.db, badges)]
  publish(world, [await sites.update(world.db, after, { actor, at: world.now }, also)])
  return after
}
