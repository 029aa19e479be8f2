/** What a page of its own origin carries: it may run what it likes and be framed by nobody. */
export const pageDefaults = {
  'content-security-policy': "frame-ancestors 'none'",
  'referrer-policy': 'strict-origin-when-cross-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const

/** The dashboard runs its own scripts and styles, talks to its own origin and frames it, and nothing else. */
export const dashboardPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "manifest-src 'self'",
  // Mails as they are sent: see `mailHeaders`.
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ')

/**
 * What reads the files of other systems in a thread of its own runs its own parts, one of which is WebAssembly, and asks
 * for nothing else.
 */
const readerPolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'"

/**
 * What the paths of files begin with that never change under their names. On Cloudflare they do not pass the worker
 * (`run_worker_first` in `wrangler.toml`): it serves them without a charge.
 */
export const lasting = ['/embed/later-', '/embed/words-', '/dashboard/assets/', '/docs/assets/'] as const

/** What the answer with a built file carries, by its path; `embed/` is for any page. */
export const fileHeaders = (path: string): Record<string, string> => ({
  'cache-control': lasting.some((start) => path.startsWith(start))
    ? 'public, max-age=31536000, immutable'
    : 'no-cache',
  ...pageDefaults,
  // Its service worker may stand above its own folder: where the dashboard is.
  ...(path === '/dashboard/push.js' && { 'service-worker-allowed': '../dashboard' }),
  ...(/^\/dashboard\/assets\/reader-[\w-]+\.js$/.test(path) && { 'content-security-policy': readerPolicy }),
  ...(path.startsWith('/docs/') && { 'content-security-policy': dashboardPolicy }),
  ...(path.startsWith('/embed/') && {
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    'timing-allow-origin': '*',
  }),
})

/**
 * The file `_headers` among the built ones, by which Cloudflare gives the lasting ones the same. It names them, or their
 * folder where that has a hash in its name: else a browser would keep for a year that a file of the next release is
 * missing, which it asked for while that was being rolled out.
 *
 * @param files the paths of all built files
 */
export function headersFile(files: string[]): string {
  const names = files
    .filter((path) => lasting.some((start) => path.startsWith(start)))
    .map((path) => (/-[0-9a-f]{8}\/[^/]+$/.test(path) ? path.replace(/[^/]+$/, '*') : path))
  return [...new Set(names)]
    .sort()
    .map((name) => {
      const lines = Object.entries(fileHeaders(name)).map(([header, value]) => `  ${header}: ${value}\n`)
      return `${name}\n${lines.join('')}`
    })
    .join('\n')
}
