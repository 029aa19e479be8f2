import type { Site } from '../contract/site.ts'
import type { NewSite } from '../contract/siteSchemas.ts'
import { publish } from '../events/publish.ts'
import { Refusal } from '../http/refusal.ts'
import type { Actor } from '../store/decidedComments.ts'
import * as sites from '../store/sites.ts'
import { requireTurnstile } from './turnstileKeys.ts'
import type { World } from './world.ts'

/**
 * Registers a site.
 *
 * @throws Refusal `id_taken`, or `missing` where it asks for Turnstile, whose secret only a registered site can have
 */
export async function addSite(world: World, { site, actor }: { site: NewSite; actor: Actor }): Promise<Site> {
  await requireTurnstile(world, site.id, site.settings)
  const event = await sites.add(world.db, site, { actor, at: world.now })
  const stored = event && (await sites.find(world.db, site.id))
  if (!stored) throw new Refusal('id_taken', { field: 'id', message: 'A site with this id exists already.' })
  publish(world, [event])
  return stored
}
