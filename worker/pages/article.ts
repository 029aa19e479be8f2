import { canonicalKey } from '../contract/canonicalKey.ts'
import { limits } from '../contract/limits.ts'
import { isRegistered } from '../contract/origin.ts'
import type { Site } from '../contract/site.ts'

/** Controls that change the direction of all that follows, and a page's title has no business to. */
const turns = /[\u202a-\u202e\u2066-\u2069]/g

/** Text from anywhere as a page's title: one line, no longer than titles are. */
export function titleOf(text: string): string {
  const line = text
    .toWellFormed()
    .replace(turns, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
  return [...line].slice(0, limits.title).join('')
}

/** What a thread is called whose page has told no title: its page's address, as people write it. */
export function nameOf(site: Site, key: string): string {
  if (!key.startsWith('/')) return key
  const home = homeOf(site)
  return titleOf((home ? new URL(home).host : '') + (home && key === '/' ? '' : decoded(key)))
}

function decoded(path: string): string {
  try {
    return decodeURI(path)
  } catch {
    return path
  }
}

/** The article that a link to here is on, if it is one of the site's. */
export function refererOf(site: Site, referer = ''): URL | null {
  if (!URL.canParse(referer)) return null
  const url = new URL(referer)
  return isRegistered(url.origin, site.origins) ? url : null
}

/** Where a page of the site with this key would be; null where its origin is not known. */
export function pageOf(site: Site, key: string, referer: URL | null): string | null {
  if (referer && canonicalKey(referer.href) === key) return referer.origin + referer.pathname + referer.search
  const origin = referer?.origin ?? homeOf(site)
  return origin && origin + (key.startsWith('/') ? key : '/')
}

const homeOf = ({ origins }: Site) => origins.find((origin) => URL.canParse(origin)) ?? null
