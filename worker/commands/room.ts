import type { Site } from '../contract/site.ts'
import { Refusal } from '../http/refusal.ts'
import { limitOf, sizeOfSite } from '../store/sizes.ts'
import type { World } from './world.ts'

/** Whether a site's comments take as much room as its owners let them. */
export async function isFull({ db }: World, site: Site): Promise<boolean> {
  const limit = limitOf(site)
  return limit !== null && (await sizeOfSite(db, site.id)) >= limit
}

/** What is not stored where a site is full: writers' browsers keep it, and send it again later. */
export const full = ({ settings }: Site) =>
  new Refusal('unavailable', {
    limit: settings.storageLimit,
    message: 'This site has no room for new comments until its owner makes some.',
  })
