import { Hono } from 'hono'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { admitOperator, admitStaff } from '../access/gate.ts'
import { type Ctx, siteOf } from '../access/identity.ts'
import { isRegistered } from '../contract/origin.ts'
import type { Env } from '../env.ts'
import { publicly } from '../http/headers.ts'
import { untracked } from '../http/publicQuery.ts'
import { Refusal } from '../http/refusal.ts'
import { refuse } from './refuse.ts'
import type { Route } from './route.ts'

export type App = Hono<{ Bindings: Env; Variables: Ctx['var'] }>

/** Has an app answer the routes of a table, and other methods and preflights at their paths. */
export function serve(app: App, routes: Route[]): void {
  const table: App = new Hono()
  for (const route of routes) table.on(route.method, route.path, (c) => answer(c, route))
  app.use(methodNotAllowed({ app: table, onMethodNotAllowed: refuseMethod }))
  app.route('/', table)
  for (const [path, methods] of methodsOfPages(routes)) app.options(path, (c) => preflight(c, methods))
}

async function answer(c: Ctx, route: Route): Promise<Response> {
  if (route.audience === 'reader' && route.method === 'GET') publicly(c)
  if (route.audience === 'operator') await admitOperator(c)
  if (route.may) await admitStaff(c, route.may, route.thing)
  if (route.path.startsWith('/v1/')) refuseUnknownParameters(c, route)
  return route.run(c)
}

function refuseUnknownParameters(c: Ctx, { audience, method, query }: Route): void {
  const queries = c.req.queries()
  const asked = audience === 'reader' && method === 'GET' ? untracked(queries) : queries
  for (const field of Object.keys(asked))
    if (!query || !Object.hasOwn(query.entries, field)) throw new Refusal('unknown_parameter', { field })
}

function refuseMethod(c: Ctx, methods: string[]): Response {
  c.header('allow', methods.join(', '))
  return refuse(c, new Refusal('method_not_allowed'))
}

/** The paths that pages of a site's origins use, with the methods of each. */
function methodsOfPages(routes: Route[]): Map<string, string[]> {
  const paths = new Map<string, string[]>()
  for (const { path, method, audience } of routes)
    if (path.startsWith('/v1/') && (audience === 'reader' || audience === 'author'))
      paths.set(path, [...(paths.get(path) ?? []), method])
  return paths
}

/** Lets pages of the site's registered origins write; to others it says nothing they could use. */
async function preflight(c: Ctx, methods: string[]): Promise<Response> {
  const site = await siteOf(c)
  const origin = c.req.header('origin')
  c.header('vary', 'Origin')
  if (origin && isRegistered(origin, site.origins)) {
    c.header('access-control-allow-origin', origin)
    c.header('access-control-allow-methods', methods.join(', '))
    c.header('access-control-allow-headers', 'Authorization, Content-Type, If-None-Match')
    c.header('access-control-max-age', '86400')
  }
  return c.body(null, 204)
}
