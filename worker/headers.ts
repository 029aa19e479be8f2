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

/** What a page of its own origin carries: it may run what it likes and be framed by nobody. */
export const pageDefaults = {
  'content-security-policy': "frame-ancestors 'none'",
  'referrer-policy': 'strict-origin-when-cross-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const

/** The dashboard runs its own scripts and styles and talks to its own origin, and nothing else. */
export const dashboardPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ')

/** Opens an answer to pages of any origin, to be asked for anew each time. */
export function publicly(c: Context): void {
  c.header('access-control-allow-origin', '*')
  c.header('access-control-expose-headers', 'ETag, Retry-After')
  c.header('cross-origin-resource-policy', 'cross-origin')
  c.header('cache-control', 'public, max-age=0, must-revalidate')
}

/** Sets the ETag, and tells whether the client has that one already. */
export function isFresh(c: Context, etag: string): boolean {
  c.header('etag', etag)
  const known = c.req.header('if-none-match')?.split(',') ?? []
  return known.some((candidate) => candidate.trim().replace(/^W\//, '') === etag)
}
