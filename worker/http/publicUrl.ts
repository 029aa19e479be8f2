import type { Context } from 'hono'
import { isPublicHost } from '../contract/publicHost.ts'
import { isSameOwner } from '../contract/sameOwner.ts'
import type { Site } from '../contract/site.ts'
import type { Env } from '../env.ts'

type Configured = Pick<Env, 'PUBLIC_URL' | 'HOST_NAMED_BY'>

interface Asked {
  env: Configured
  req: Pick<Context['req'], 'url' | 'path'>
}

/**
 * A request as the browser made it: at the host of the public URL, and without its folder, be it that the proxy in
 * front leaves the folder in the path or takes it off.
 */
export function atPublicUrl(request: Request, { PUBLIC_URL }: Configured): Request {
  if (!PUBLIC_URL || !URL.canParse(PUBLIC_URL)) return request
  const { origin, pathname: folder } = new URL(PUBLIC_URL)
  const { pathname, search } = new URL(request.url)
  const isBelow = folder !== '/' && `${pathname}/`.startsWith(`${folder}/`)
  const path = isBelow ? pathname.slice(folder.length) || '/' : pathname
  return new Request(origin + path + search, request)
}

/** Where this instance is, without a slash at the end: for addresses that are followed from elsewhere. */
export function publicUrl(c: Asked): string {
  return c.env.PUBLIC_URL || new URL(c.req.url).origin
}

/**
 * Who vouches for the host that a request names, where no public URL is set: `known` where it cannot be a stranger's,
 * be it that Cloudflare led the request here by it, that it means something in a private network alone, or that it is of
 * the owner of one of the site's pages; `proxy` where our own proxy passed it on; else `nobody`.
 */
export function voucherOf(c: Asked, { origins }: Pick<Site, 'origins'>): 'known' | 'proxy' | 'nobody' {
  const { PUBLIC_URL, HOST_NAMED_BY } = c.env
  if (PUBLIC_URL || !HOST_NAMED_BY) return 'known'
  const { hostname } = new URL(c.req.url)
  const isOwners = origins.some((one) => URL.canParse(one) && isSameOwner(hostname, new URL(one).hostname))
  if (isOwners || !isPublicHost(hostname)) return 'known'
  return HOST_NAMED_BY === 'proxy' ? 'proxy' : 'nobody'
}

/** The folder that readers see this instance in, for cookies: `/` or `/folder`. */
export const publicFolder = ({ PUBLIC_URL }: Configured): string =>
  PUBLIC_URL ? new URL(PUBLIC_URL).pathname : '/'

/**
 * Where this instance is, seen from the page that was asked for: `..`. It holds in any folder, whether or not a proxy
 * has told of it.
 */
export function rootOf(c: Asked): string {
  const depth = c.req.path.split('/').length - 2
  return depth === 0 ? '.' : Array(depth).fill('..').join('/')
}

/** Sends a browser to another path of this instance. */
export function redirect(c: Asked & Pick<Context, 'redirect'>, path: string, status: 302 | 308): Response {
  // A folder that is asked for without a slash at its end is no base for a relative address.
  return c.redirect((c.env.PUBLIC_URL || rootOf(c)) + path, status)
}
