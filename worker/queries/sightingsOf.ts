import { strangerTo } from '../access/sightings.ts'
import type { World } from '../commands/world.ts'
import { pageAddress } from '../contract/pageAddress.ts'
import type { Sightings } from '../contract/sightings.ts'
import { Refusal } from '../http/refusal.ts'
import { iso } from '../store/database.ts'
import * as sightings from '../store/sightings.ts'
import * as sites from '../store/sites.ts'

/** On which pages a site's thread was asked for. @throws Refusal `unknown_site` */
export async function sightingsOf({ db, now }: World, siteId: string): Promise<Sightings> {
  const [site, seen] = await Promise.all([sites.find(db, siteId), sightings.ofSite(db, siteId)])
  if (!site) throw new Refusal('unknown_site')
  const stranger = strangerTo(siteId, now)
  return {
    items: seen.map(({ origin, key, at }) => ({
      ...{ origin, at: iso(at) },
      url: pageAddress(key, '', [origin]) ?? origin,
    })),
    unregistered:
      stranger && !site.origins.includes(stranger.origin)
        ? { origin: stranger.origin, at: iso(stranger.at) }
        : null,
    next: null,
  }
}
