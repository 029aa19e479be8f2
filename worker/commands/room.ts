import type { Site } from '../contract/site.ts'
import { Refusal } from '../http/refusal.ts'
import { limitOf, sizeOfSite } from '../store/sizes.ts'
import type { World } from './world.ts'

/** The part of a site's room that newcomers may fill: the rest is for authors whom people approved of. */
const ofNewcomers = 0.9

/** Whether a site's comments take as much room as its owners let them. @param known whether people approved of the author */
export async function isFull({ db }: World, site: Site, known: boolean): Promise<boolean> {
  const limit = limitOf(site)
  return limit !== null && (await sizeOfSite(db, site.id)) >= limit * (known ? 1 : ofNewcomers)
}

/** What is not stored where a site is full: writers' browsers keep it, and send it again later. */
export const full = ({ settings }: Site) =>
  new Refusal('unavailable', {
    limit: settings.storageLimit,
    message: 'This site has no room for new comments until its owner makes some.',
  })
