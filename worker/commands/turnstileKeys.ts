import type { SiteSettings } from '../contract/siteSettings.ts'
import { Refusal } from '../http/refusal.ts'
import * as turnstile from '../store/turnstile.ts'
import type { World } from './world.ts'

/**
 * Refuses settings that ask for Turnstile where it could not be asked: nobody could post.
 *
 * @throws Refusal `missing`, with the field of the key that is not there
 */
export async function requireTurnstile(
  { db }: World,
  siteId: string,
  settings: Partial<SiteSettings>,
): Promise<void> {
  if (settings.proof !== 'turnstile') return
  if (!settings.turnstileSiteKey)
    throw new Refusal('missing', {
      field: 'settings.turnstileSiteKey',
      message: 'Turnstile needs the site key that it gave to this site.',
    })
  if (!(await turnstile.find(db, siteId)))
    throw new Refusal('missing', {
      field: 'settings.proof',
      message: 'Turnstile needs its secret first: PUT it to /v1/sites/:site/turnstile.',
    })
}
