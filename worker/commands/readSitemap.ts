import { isRegistered } from '../contract/origin.ts'
import { longestPageAddress, type Sitemap, sitemapPage } from '../contract/pageChecks.ts'
import type { Site } from '../contract/site.ts'
import { isAskable, type Reach, Unavailable } from '../outside/exchange.ts'
import { namesIn } from '../outside/sitemap.ts'
import { askSite } from '../outside/sitePages.ts'
import { requireOwn } from './checkPages.ts'
import type { World } from './world.ts'

/** Origins of a site whose sitemaps are looked for. */
const mostOrigins = 5

/** Redirects of one request, of all origins together. */
const mostRedirects = 10

const nothing = { pages: [], sitemaps: [], detail: null, next: null }

interface Asked {
  site: Site
  url?: string | undefined
  cursor?: number | undefined
}

/**
 * Reads a sitemap of a site, a part at a time; without an address finds those that it has, by its `robots.txt`. What is not on
 * the site's origins is left out, and so are sitemaps that this instance may not ask.
 *
 * @throws Refusal `invalid` for an address that is none of the site's
 */
export async function readSitemap({ env }: World, { site, url, cursor = 0 }: Asked): Promise<Sitemap> {
  if (url === undefined) return foundSitemaps(env, site)
  requireOwn(site, url, 'url')
  const { origins } = site
  try {
    const asked = { url, origins, redirects: { left: mostRedirects } }
    const answer = await askSite(env, asked, (pieces) =>
      namesIn(pieces, { skip: cursor, limit: sitemapPage }),
    )
    const { status, away, taken } = answer
    if (away !== null) return { ...nothing, state: 'unreachable', detail: 'leads away from the site' }
    if (status === 404 || status === 410) return { ...nothing, state: 'not_found' }
    if (!taken) return { ...nothing, state: 'unreachable', detail: `answered ${status}` }
    return {
      ...{ state: 'found', detail: null },
      pages: ownOf(taken.pages, origins),
      sitemaps: askableOf(env, ownOf(taken.sitemaps, origins)),
      next: taken.hasMore ? String(cursor + sitemapPage) : null,
    }
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error
    return { ...nothing, state: 'unreachable', detail: error.message }
  }
}

/** Where the sitemaps of a site's origins are: as `robots.txt` says, else where they usually are. */
async function foundSitemaps(env: World['env'], { origins }: Site): Promise<Sitemap> {
  const hosts = origins.filter((origin) => URL.canParse(origin)).slice(0, mostOrigins)
  const redirects = { left: mostRedirects }
  const found = await Promise.all(
    hosts.map(async (origin) => {
      const asked = { url: `${origin}/robots.txt`, origins, redirects }
      const text = await askSite(env, asked, beginning).then(
        ({ taken }) => taken ?? '',
        (error) => {
          if (error instanceof Unavailable) return ''
          throw error
        },
      )
      const named = [...text.matchAll(/^[ \t]*sitemap[ \t]*:[ \t]*(\S+)/gim)].map(([, url = '']) => url)
      const own = ownOf(named, origins)
      return own.length > 0 ? own : [`${origin}/sitemap.xml`]
    }),
  )
  const sitemaps = askableOf(env, [...new Set(found.flat())])
  return { ...nothing, state: hosts.length > 0 ? 'found' : 'not_found', sitemaps }
}

/** The beginning of a text: `robots.txt` may be cut at 500 KiB (RFC 9309 §2.5), and what we look for is short. */
async function beginning(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const piece of pieces) {
    text += decoder.decode(piece, { stream: true })
    if (text.length > 500 * 1024) break
  }
  return text.slice(0, 500 * 1024)
}

const ownOf = (addresses: string[], origins: string[]) =>
  addresses.filter(
    (address) =>
      address.length <= longestPageAddress &&
      URL.canParse(address) &&
      isRegistered(new URL(address).origin, origins),
  )

const askableOf = (reach: Reach, addresses: string[]) =>
  addresses.filter((address) => isAskable(address, reach))
