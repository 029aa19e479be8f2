import type { IncomingMessage } from 'node:http'
import { type Network, networksOf } from '../../contract/networks.ts'

/** The whole URL, as the reader's browser has it; null when its host is none. */
export function target(request: IncomingMessage, trustProxy: boolean, port: number) {
  // Of several proxies the first one met the reader.
  const [scheme] = String(request.headers['x-forwarded-proto'] ?? '').split(',')
  const https = trustProxy && scheme?.trim().toLowerCase() === 'https'
  const path = request.url?.startsWith('/') ? request.url : '/'
  const origin = `${https ? 'https' : 'http'}://${request.headers.host || `localhost:${port}`}`
  return /^https?:\/\/[\w.:[\]-]+$/.test(origin) && URL.canParse(origin) ? `${origin}${path}` : null
}

/** Headers that belong to one connection, and those by which Cloudflare would speak. */
const dropped =
  /^(connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|content-length|upgrade|expect|mf-.*|cf-.*)$/

/** What the worker is told besides: all that the reader's browser said, and who calls. */
export function headers(request: IncomingMessage, trustProxy: boolean) {
  const kept: Record<string, string | string[]> = {}
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined && !dropped.test(name)) kept[name] = value
  kept['cf-connecting-ip'] = address(request, trustProxy)
  return kept
}

/** The peer; behind a trusted proxy the last address that the proxy wrote, which no client can forge. */
function address(request: IncomingMessage, trustProxy: boolean) {
  const forwarded =
    trustProxy &&
    String(request.headers['x-forwarded-for'] ?? '')
      .split(',')
      .at(-1)
      ?.trim()
  return withoutPort(forwarded || request.socket.remoteAddress || '127.0.0.1').replace(/^::ffff:/, '')
}

/** Whose bytes a request's are: the widest network that it counts in. */
export const network = (request: IncomingMessage, trustProxy: boolean): string =>
  (networksOf(address(request, trustProxy)).at(-1) as Network).name

/** Some proxies write the port too: `192.0.2.1:5000`, `[2001:db8::1]:5000`. */
const withoutPort = (address: string) =>
  address.replace(/^\[(.*)\](:\d+)?$/, '$1').replace(/^([\d.]+):\d+$/, '$1')
