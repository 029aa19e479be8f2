/** The host page as the worker needs to know it. */
export interface Page {
  key: string
  url: string
  title: string
  /** The page's own address, to which a link adds the comment's id: a link without it follows the page's `<base>`. */
  here: string
}

const bare = (host: string) => host.replace(/^www\./, '')
/** Host names of one's own machine. */
export const loopback = /^(localhost|.*\.localhost|127\.[\d.]+|\[::1\])$/

/** Whether a page other than the home page is called the home page. */
export const namesHome = ({ href }: HTMLLinkElement, { pathname }: { pathname: string }): boolean =>
  pathname !== '/' && /\/\/[^/]+\/$/.test(href)

/** The path at which a canonical link was seen first, by what it names. */
const firstSeenAt: Record<string, string> = {}

/** Which thread belongs to the page, unless the element's attributes say otherwise. */
export function pageOf(givenKey: string, givenTitle: string): Page {
  const here = new URL(location.href)
  const link = document.querySelector<HTMLLinkElement>('link[rel=canonical][href]')
  let canonical = here
  try {
    // A theme that writes the home page into every page would give all of them one thread, and so would a router
    // that leaves the link of the page before.
    if (link && !namesHome(link, here)) {
      firstSeenAt[link.href] ??= here.pathname
      if (firstSeenAt[link.href] === here.pathname) canonical = new URL(link.href)
    }
  } catch {}
  // Of a fragment only the path of a hash router tells pages apart.
  const [route = ''] = /^#!?\/[^#]*/.exec(here.hash) ?? []
  here.hash = route
  const ours = bare(canonical.host) === bare(here.host) || loopback.test(here.hostname)
  const keyed = ours ? canonical : here
  const posted = canonical.origin === here.origin ? canonical : here
  posted.hash = route
  const title =
    givenTitle ||
    document.querySelector<HTMLMetaElement>('meta[property="og:title"]')?.content ||
    // `document.title` may be an element of that name.
    document.querySelector('title')?.textContent ||
    ''
  return {
    key: givenKey || keyed.pathname + keyed.search + route,
    url: posted.href,
    title: title.trim(),
    here: here.href,
  }
}
