import { isRegistered } from '../contract/origin.ts'
import { unlessLate } from './breaker.ts'
import { type Ask, exchangePieces, type Reach, type Reply, Unavailable } from './exchange.ts'

/** Milliseconds that a page has: one that is made anew takes longer than a service. */
const patience = 3000

/** Redirects of one page that are followed. */
const mostHops = 5

/** Redirects that may still be followed, by all who share it. */
export interface Redirects {
  left: number
}

/** What a page answered in the end. */
export type SiteAnswer<Taken> = Omit<Reply, 'text'> & {
  /** Where it was found: what was asked, or where that led. */
  at: string
  /** Where it leads away from the site; null where it does not. */
  away: string | null
  taken: Taken | null
}

/**
 * Asks for a page of a site. Redirects are followed as long as they stay on the site's origins: nothing else is asked,
 * whatever a page says.
 *
 * @param take gets the body of an answer of 200; without it no body is read
 * @throws Unavailable
 */
export async function askSite<Taken>(
  reach: Reach,
  { url, origins, redirects }: { url: string; origins: string[]; redirects: Redirects },
  take?: (pieces: AsyncIterable<Uint8Array>) => Promise<Taken>,
): Promise<SiteAnswer<Taken>> {
  const ask: Ask = {
    method: 'GET',
    headers: { 'user-agent': 'Hankyo/1.0', accept: '*/*' },
    patience,
    reads: (status) => status === 200 && take !== undefined,
  }
  let at = withoutFragment(url)
  for (let hop = 0; hop <= mostHops; hop++) {
    if (hop > 0 && redirects.left-- <= 0) throw new Unavailable('too many redirects in one request')
    const { origin } = new URL(at)
    const answer = await unlessLate(`pages ${origin}`, () =>
      exchangePieces(reach, at, ask, () => true, take ?? nothing),
    )
    const next = leadsTo(answer, at)
    if (next === null) return { ...answer, at, away: null, taken: answer.taken as Taken | null }
    if (!isRegistered(new URL(next).origin, origins)) return { ...answer, at, away: next, taken: null }
    at = next
  }
  throw new Unavailable('too many redirects')
}

const nothing = async () => null

const withoutFragment = (url: string) => url.replace(/#.*$/s, '')

/** Where a redirect leads, or null where an answer is none. */
function leadsTo({ status, headers }: Omit<Reply, 'text'>, from: string): string | null {
  const location = headers.get('location')
  if (![301, 302, 303, 307, 308].includes(status) || location === null) return null
  if (!URL.canParse(location, from)) throw new Unavailable('leads to something that is no address')
  const { href, protocol } = new URL(location, from)
  if (!/^https?:$/.test(protocol)) throw new Unavailable('leads to something that is no page')
  return withoutFragment(href)
}
