import type { Next } from 'hono'
import { languageOf } from '../../../widget/common/i18n.ts'
import type { Ctx } from '../../access/identity.ts'
import { dashboardPolicy, fileHeaders, pageDefaults } from '../../contract/builtFiles.ts'
import { preferred } from '../../http/language.ts'
import { publicUrl, redirect } from '../../http/publicUrl.ts'
import { Refusal } from '../../http/refusal.ts'

/**
 * `GET /embed.js`: the widget, for pages of any origin; compressed as far as it goes when it was built. Browsers
 * ask for modules in the mode `cors`: where a page has lost `type="module"`, it gets a script that imports it.
 */
export async function getEmbed(c: Ctx): Promise<Response> {
  if (c.req.header('sec-fetch-mode') === 'no-cors') return classicEmbed(c)
  const brotli = /\bbr\b/.test(c.req.header('accept-encoding') ?? '')
  const asset = await assetOf(c, brotli ? '/embed.js.br' : '/embed.js')
  return new Response(asset.body, {
    status: asset.status,
    ...(brotli && { encodeBody: 'manual' }),
    headers: {
      ...etagOf(asset),
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=600, stale-while-revalidate=86400',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'timing-allow-origin': '*',
      vary: 'Accept-Encoding, Sec-Fetch-Mode',
      'x-content-type-options': 'nosniff',
      ...(brotli && { 'content-encoding': 'br' }),
    },
  })
}

/** Kept by no cache: one that overlooks `vary` must not give it to a page that asks for the module. */
function classicEmbed(c: Ctx): Response {
  c.header('content-type', 'text/javascript; charset=utf-8')
  c.header('cross-origin-resource-policy', 'cross-origin')
  c.header('vary', 'Sec-Fetch-Mode')
  return c.body(`import(${JSON.stringify(`${publicUrl(c)}/embed.js`)})`)
}

let css: string | undefined

/** The thread's style sheet, as it was built. */
export async function threadCss(c: Ctx): Promise<string> {
  css ??= await (await assetOf(c, '/embed/thread.css')).text()
  return css
}

/** `GET /dashboard`: the moderators' app; which of its places is meant, the app reads from the address. */
export async function getDashboard(c: Ctx): Promise<Response> {
  const asset = await assetOf(c, '/dashboard/')
  const headers = { ...etagOf(asset), 'content-type': 'text/html; charset=utf-8' }
  return c.body(asset.body as ReadableStream, asset.status as 200, {
    ...headers,
    'cache-control': 'no-cache',
    'content-security-policy': dashboardPolicy,
  })
}

/**
 * `GET /docs/:page`: a page of the documentation in English or Japanese: in the language asked for, else in the
 * browser's. Leaves to other routes what was not written by hand.
 */
export async function getDocs(c: Ctx, next: Next): Promise<Response | undefined> {
  const page = c.req.param('page')
  if (!page) return redirect(c, `/docs/embed${new URL(c.req.url).search}`, 302)
  const liked = c.req.query('lang') || preferred(c.req.header('accept-language')) || 'en'
  const folder = languageOf(liked).language === 'ja' ? 'ja' : 'en'
  const asset = await assetOf(c, `/docs/${folder}/${page}`)
  if (asset.status !== 200 && asset.status !== 304) return void (await next())
  return new Response(asset.body, {
    status: asset.status,
    headers: {
      ...etagOf(asset),
      ...pageDefaults,
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': dashboardPolicy,
      'cache-control': 'no-cache',
      vary: 'Accept-Language',
    },
  })
}

/** Whatever else was built. On Cloudflare the lasting files do not come this way. */
export async function getAsset(c: Ctx): Promise<Response> {
  const path = new URL(c.req.url).pathname
  if (/^\/dashboard(?!\/assets\/|\/push\.js$)|^\/docs\/..\/|\/\/|\.br$/.test(path))
    throw new Refusal('not_found')
  const asset = await assetOf(c, path)
  if (asset.status === 404 || asset.headers.get('location')?.startsWith('/dashboard'))
    throw new Refusal('not_found')
  const headers = new Headers(asset.headers)
  if (path.endsWith('.d.ts')) headers.set('content-type', 'text/plain; charset=utf-8')
  for (const [name, value] of Object.entries(fileHeaders(path))) headers.set(name, value)
  return new Response(asset.body, { status: asset.status, headers })
}

/** A built file; follows the asset server's own redirect from `name` to `name/`. */
async function assetOf(c: Ctx, path: string): Promise<Response> {
  const headers = new Headers()
  const known = c.req.header('if-none-match')
  if (known) headers.set('if-none-match', known)
  const url = new URL(c.req.url)
  url.pathname = path
  return c.env.ASSETS.fetch(url.href, { headers }) as unknown as Promise<Response>
}

function etagOf(asset: Response): Record<string, string> {
  const etag = asset.headers.get('etag')
  return etag ? { etag } : {}
}
