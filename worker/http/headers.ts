import type { Context } from 'hono'

/** What every answer carries unless its route says otherwise: kept nowhere, framed nowhere, guessed nowhere. */
export const defaults = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const

/** A thread's own page runs no script; its colours come from attributes. */
export const plainPageHeaders = {
  'content-security-policy': [
    "default-src 'none'",
    "style-src 'self'",
    "style-src-attr 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; '),
  'referrer-policy': 'same-origin',
} as const

/** A page that a link in a message opens: what its address opens is nobody else's business. */
export const messagePageHeaders = {
  ...plainPageHeaders,
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow',
} as const

/**
 * A mail in a frame of the dashboard. It is apart from all origins, runs nothing, fetches nothing and leads nowhere;
 * its styles stand on its elements.
 */
export const mailHeaders = {
  'content-security-policy': [
    'sandbox',
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
  ].join('; '),
  'x-frame-options': 'SAMEORIGIN',
} as const

/**
 * How long the edge keeps a public answer unasked, and how much longer while it asks again. A visible change purges
 * it before; this bounds how old likes may be, and everything where a purge fails. Feed readers are in less of a hurry.
 */
const atEdge = {
  thread: 'public, max-age=60, stale-while-revalidate=600',
  counts: 'public, max-age=60, stale-while-revalidate=600',
  feed: 'public, max-age=300, stale-while-revalidate=600',
} as const

/** What a public read is of. */
export type PublicRead = keyof typeof atEdge

interface Keeping {
  tags: string[]
  /** Whether it is asked for in a spelling that the edge keeps answers by: see `publicQuery`. */
  isUsual: boolean
  authorized: boolean
}

/**
 * Who may keep the answer to a public read, apart from everything else, which nobody may. Browsers ask anew each time;
 * the edge keeps it by its whole address, query and all, until a purge of one of its tags; so it keeps none that is asked
 * for in an unusual spelling. That goes for polls of what
 * is new `since` a version, too: readers who know the same version ask the same. Where credentials came along, nobody
 * keeps it.
 */
export function keeping(read: PublicRead, { tags, isUsual, authorized }: Keeping): Record<string, string> {
  if (authorized) return { 'cache-control': defaults['cache-control'] }
  return {
    'cache-control': 'public, max-age=0, must-revalidate',
    'cloudflare-cdn-cache-control': isUsual ? atEdge[read] : 'no-store',
    ...(isUsual && { 'cache-tag': tags.join(',') }),
  }
}

/** Opens an answer to pages of any origin, errors too. It says nothing yet of who may keep it. */
export function publicly(c: Context): void {
  c.header('access-control-allow-origin', '*')
  c.header('access-control-expose-headers', 'ETag, Retry-After')
  c.header('cross-origin-resource-policy', 'cross-origin')
}

/** Lets a public answer be kept; to be called when it is ready, since no error may be. */
export function keepable(c: Context, read: PublicRead, { tags, isUsual }: Omit<Keeping, 'authorized'>): void {
  const authorized = c.req.header('authorization') !== undefined
  for (const [name, value] of Object.entries(keeping(read, { tags, isUsual, authorized })))
    c.header(name, value)
}

/** Sets the ETag, and tells whether the client has that one already. */
export function isFresh(c: Context, etag: string): boolean {
  c.header('etag', etag)
  return isNamed(etag, c.req.header('if-none-match'))
}

/**
 * The version that a client has, where it names one and no other as an ETag.
 *
 * @param whose what follows the version in the ETag
 */
export function versionSeen(c: Context, whose = ''): number | undefined {
  const [, version = '', rest] =
    /^(?:W\/)?"(\d{1,15})([^"]*)"$/.exec(c.req.header('if-none-match') ?? '') ?? []
  return rest === whose ? Number(version) : undefined
}

/** Whether an ETag is among those of an `If-None-Match`. */
export function isNamed(etag: string, ifNoneMatch: string | null | undefined): boolean {
  if (!ifNoneMatch) return false
  return ifNoneMatch.split(',').some((known) => known.trim().replace(/^W\//, '') === etag)
}
