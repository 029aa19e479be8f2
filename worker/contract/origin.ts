const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Whether a host name is this machine's own. */
export function isLoopback(hostname: string): boolean {
  return loopback.has(hostname) || hostname.endsWith('.localhost')
}

/**
 * Whether an origin is one of those registered: the same scheme, host and port. A registered
 * loopback host may have any port (`http://localhost:*`).
 */
export function isRegistered(origin: string, registered: string[]): boolean {
  if (registered.includes(origin)) return true
  if (!URL.canParse(origin)) return false
  const url = new URL(origin)
  return url.origin === origin && isLoopback(url.hostname) && registered.includes(anyPort(url))
}

/** An origin as it is registered, or null when it is none: `https://blog.example`, `http://localhost:*`. */
export function registrable(text: string): string | null {
  const wildcard = text.endsWith(':*')
  const bare = wildcard ? text.slice(0, -2) : text
  if (!URL.canParse(bare)) return null
  const url = new URL(bare)
  if (!/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search || url.hash || url.username)
    return null
  // Browsers send no such host: an origin with an asterisk would match nothing.
  if (url.hostname.includes('*')) return null
  if (wildcard) return isLoopback(url.hostname) && url.port === '' ? anyPort(url) : null
  return url.origin
}

/** How a loopback origin is registered with any port; null for what is none. */
export function anyPortOf(origin: string): string | null {
  if (!URL.canParse(origin)) return null
  const url = new URL(origin)
  return isLoopback(url.hostname) ? anyPort(url) : null
}

function anyPort(url: URL): string {
  return `${url.protocol}//${url.hostname}:*`
}
