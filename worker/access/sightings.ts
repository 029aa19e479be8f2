import type { World } from '../commands/world.ts'
import { anyPortOf, isRegistered } from '../contract/origin.ts'
import type { Site } from '../contract/site.ts'
import { seenSites } from '../http/seenSites.ts'
import * as store from '../store/sightings.ts'

/** How often it is noted that a site's thread was asked for on an origin, in milliseconds. */
const every = 86_400_000

/** How long it is known that a page of another origin asked. */
const strangerStays = 600_000

/** Sites and origins that are told apart at most. */
const most = 2_000

/** A page that asked for a site's thread and is of none of its origins. */
interface Stranger {
  origin: string
  /** Milliseconds since the epoch. */
  at: number
}

/** The latest of each site, as far as this isolate answered it: anybody can say an origin, so nothing is written of it. */
const strangers = new Map<string, Stranger>()

/** Where a thread is asked for: what the browser says of the page, and the key of its thread. */
interface Asking {
  origin: string | null
  key: string
}

/** Notes on which page a thread is asked for, once the answer is on its way; once a day for each origin of a site. */
export function noteSighting({ db, now, defer }: World, site: Site, { origin, key }: Asking): void {
  if (origin === null) return
  const registered = [origin, anyPortOf(origin)].find((one) => one !== null && site.origins.includes(one))
  if (!registered || !isRegistered(origin, site.origins)) {
    if (strangers.size >= most) strangers.clear()
    strangers.set(site.id, { origin, at: now })
    return
  }
  const name = `${site.id} ${registered}`
  if (!seenSites.take(name, now)) return
  const seen = { siteId: site.id, registered, origin, key, at: now }
  defer(store.note(db, seen, now - every).catch(() => seenSites.giveBack(name)))
}

/** The page of another origin that asked last for a site's thread; null where that is some time ago. */
export function strangerTo(siteId: string, now: number): Stranger | null {
  const stranger = strangers.get(siteId)
  return stranger && now - stranger.at < strangerStays ? stranger : null
}
