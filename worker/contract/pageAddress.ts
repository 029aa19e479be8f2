import { canonicalKey } from './canonicalKey.ts'
import { isRegistered } from './origin.ts'

/**
 * Where a thread's page is. A key that is a path says so itself: what an author's browser told is believed where it is
 * that page, on an origin of the site's. Of a page that the embedder named by an id of their own, only browsers know.
 *
 * @param told what the browser of the author who names the page called its address; empty where nobody did
 * @returns an http or https address, or null where none is known
 */
export function pageAddress(key: string, told: string, origins: string[]): string | null {
  if (!key.startsWith('/')) return told || null
  const origin = URL.canParse(told) ? new URL(told).origin : ''
  if (!isRegistered(origin, origins)) return homeOf(origins) && homeOf(origins) + key
  return canonicalKey(told) === key ? told : origin + key
}

/** The first origin of a site that is one host's; null where all are of any port. */
export const homeOf = (origins: string[]): string | null => origins.find((one) => URL.canParse(one)) ?? null
