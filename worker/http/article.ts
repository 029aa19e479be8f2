import { canonicalKey } from '../contract/canonicalKey.ts'
import { limits } from '../contract/limits.ts'
import { isRegistered } from '../contract/origin.ts'
import { homeOf } from '../contract/pageAddress.ts'
import { plainTitle } from '../contract/pageTitle.ts'
import { readableKey } from '../contract/readableKey.ts'
import type { Site } from '../contract/site.ts'

/** Text from anywhere as an article's title: one line, no longer than titles are. */
export function cleanTitle(text: string): string {
  return [...plainTitle(text.toWellFormed())].slice(0, limits.title).join('')
}

/**
 * What an article is called that has told no title: its address, as people write it; an id of the embedder's own after
 * the name of its site, since anyone can ask for any.
 */
export function titleFromKey(site: Site, key: string): string {
  const home = homeOf(site.origins)
  const host = home ? new URL(home).host : ''
  if (!key.startsWith('/')) return cleanTitle(`${host || site.name}: ${key}`)
  return cleanTitle(host + (home && key === '/' ? '' : readableKey(key)))
}

/** The article that a link was followed from, by the `Referer` header; null where it is none of the site's. */
export function articleFromReferer(site: Site, referer = ''): URL | null {
  if (!URL.canParse(referer)) return null
  const url = new URL(referer)
  return isRegistered(url.origin, site.origins) ? url : null
}

/** Where the article with this key would be; null where the site's origin is not known. */
export function articleAddress(site: Site, key: string, referer: URL | null): string | null {
  if (referer && canonicalKey(referer.href) === key) return referer.origin + referer.pathname + referer.search
  const origin = referer?.origin ?? homeOf(site.origins)
  return origin && origin + (key.startsWith('/') ? key : '/')
}
