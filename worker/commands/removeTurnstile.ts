import type { Site } from '../contract/site.ts'
import { Refusal } from '../http/refusal.ts'
import type { Actor } from '../store/decidedComments.ts'
import * as turnstile from '../store/turnstile.ts'
import type { World } from './world.ts'

/**
 * Forgets the secret that Turnstile gave to a site.
 *
 * @throws Refusal `conflict` while the site asks for Turnstile, or `not_found`
 */
export async function removeTurnstile(
  { db, now }: World,
  { site, actor }: { site: Site; actor: Actor },
): Promise<void> {
  if (site.settings.proof === 'turnstile')
    throw new Refusal('conflict', {
      message: 'The site asks for Turnstile: nobody could post. Ask for another proof first.',
    })
  if (!(await turnstile.remove(db, { siteId: site.id, actor, at: now }))) throw new Refusal('not_found')
}
