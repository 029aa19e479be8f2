import { longestTitle } from '../../../worker/contract/limits.ts'

/** The host page as the worker needs to know it. */
export interface Page {
  key: string
  url: string
  title: string
}

const bare = (host: string) => host.replace(/^www\./, '')
/** Host names of one's own machine. */
export const loopback = /^(localhost|.*\.localhost|127\.[\d.]+|\[::1\])$/

/** Which thread belongs to the page, unless the element's attributes say otherwise. */
export function pageOf(givenKey: string, givenTitle: string): Page {
  const here = new URL(location.href)
  const link = document.querySelector<HTMLLinkElement>('link[rel=canonical][href]')
  let canonical = here
  try {
    if (link) canonical = new URL(link.href)
  } catch {}
  const ours = bare(canonical.host) === bare(here.host) || loopback.test(here.hostname)
  const keyed = ours ? canonical : here
  const posted = canonical.origin === here.origin ? canonical : here
  posted.hash = ''
  const title =
    givenTitle ||
    document.querySelector<HTMLMetaElement>('meta[property="og:title"]')?.content ||
    // `document.title` may be an element of that name.
    document.querySelector('title')?.textContent ||
    ''
  return {
    key: givenKey || keyed.pathname + keyed.search,
    url: posted.href,
    title: [...title.trim()].slice(0, longestTitle).join(''),
  }
}

/** Whether the page's own origin is one of those registered; a loopback host may have any port. */
export function isRegistered(origins: string[]): boolean {
  const { origin, protocol, hostname } = location
  return origins.some((one) => one === origin || one === `${protocol}//${hostname}:*`)
}
