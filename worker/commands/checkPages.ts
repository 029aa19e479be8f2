import { isRegistered } from '../contract/origin.ts'
import type { CheckedPage, PageState } from '../contract/pageChecks.ts'
import type { Site } from '../contract/site.ts'
import { Refusal } from '../http/refusal.ts'
import { Unavailable } from '../outside/exchange.ts'
import { askSite, type Redirects } from '../outside/sitePages.ts'
import type { World } from './world.ts'

/** Requests to the site in all: the free plan of Cloudflare lets one make 50. */
const mostRequests = 45

/** Pages that are asked at the same time. */
const atOnce = 5

/**
 * Asks pages of a site whether they are there.
 *
 * @returns what each answered, in their order
 * @throws Refusal `invalid` for an address that is none of the site's
 */
export async function checkPages(
  { env }: World,
  { site, urls }: { site: Site; urls: string[] },
): Promise<CheckedPage[]> {
  for (const [at, url] of urls.entries()) requireOwn(site, url, `urls.${at}`)
  // Each is asked once before redirects take what is left.
  const redirects = { left: mostRequests - urls.length }
  const found: CheckedPage[] = []
  const turns = urls.entries()
  const work = async () => {
    for (const [at, url] of turns) found[at] = await checkPage(env, { url, origins: site.origins, redirects })
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return found
}

/** Refuses an address that is not on one of a site's origins. @throws Refusal `invalid` */
export function requireOwn({ origins }: Site, url: string, field: string): void {
  if (isRegistered(new URL(url).origin, origins)) return
  throw new Refusal('invalid', {
    field,
    message: `Only pages of the site are asked: ${origins.join(', ')}.`,
  })
}

const stateOf = (status: number): PageState =>
  status === 404 || status === 410 ? 'not_found' : status >= 200 && status < 300 ? 'found' : 'unreachable'

async function checkPage(
  env: World['env'],
  asked: { url: string; origins: string[]; redirects: Redirects },
): Promise<CheckedPage> {
  const { url } = asked
  try {
    const { status, at, away } = await askSite(env, asked)
    if (away !== null) return { url, state: 'moved_away', to: away, detail: null }
    const state = stateOf(status)
    if (state === 'unreachable') return { url, state, to: null, detail: `answered ${status}` }
    const isElsewhere = at !== url.replace(/#.*$/s, '')
    if (state === 'not_found') return { url, state, to: null, detail: null }
    return { url, state: isElsewhere ? 'moved' : 'found', to: isElsewhere ? at : null, detail: null }
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error
    return { url, state: 'unreachable', to: null, detail: error.message }
  }
}
