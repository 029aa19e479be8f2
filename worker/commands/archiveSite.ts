import type { Site } from '../contract/site.ts'
import { publish } from '../events/publish.ts'
import { Refusal } from '../http/refusal.ts'
import type { Actor } from '../store/decidedComments.ts'
import { archive } from '../store/siteArchive.ts'
import * as sites from '../store/sites.ts'
import type { World } from './world.ts'

/**
 * Has a site take no more comments and leave the menus, while all of it stays and is read; or brings it back.
 *
 * @throws Refusal `unknown_site`
 */
export async function archiveSite(
  world: World,
  { id, archived, actor }: { id: string; archived: boolean; actor: Actor },
): Promise<Site> {
  publish(world, await archive(world.db, id, archived, { actor, at: world.now }))
  const site = await sites.find(world.db, id)
  if (!site) throw new Refusal('unknown_site')
  return site
}
