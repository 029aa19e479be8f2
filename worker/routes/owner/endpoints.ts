import { personOf, requireKnownSite, requireSite } from '../../access/gate.ts'
import type { Ctx } from '../../access/identity.ts'
import { addEndpoint } from '../../commands/addEndpoint.ts'
import { changeEndpoint, removeEndpoint, rotateSecret } from '../../commands/changeEndpoint.ts'
import { endpointViews } from '../../commands/endpointView.ts'
import { testEndpoint } from '../../commands/testEndpoint.ts'
import type { World } from '../../commands/world.ts'
import { type Endpoint, endpointChange, endpointsQuery, newEndpoint } from '../../contract/endpoints.ts'
import type { Page } from '../../contract/page.ts'
import { readJson } from '../../http/body.ts'
import { parse, single } from '../../http/input.ts'
import { everyDatabase } from '../../store/database.ts'
import * as endpoints from '../../store/endpoints.ts'
import { worldOf } from '../world.ts'

/** `GET /v1/webhooks` */
export async function getEndpoints(c: Ctx): Promise<Response> {
  const { site } = parse(endpointsQuery, single(c.req.queries()))
  await requireKnownSite(c, 'endpoints.read', site)
  const found = await endpoints.list(worldOf(c, site).db, site)
  return c.json({ items: await endpointViews(c.env, found), next: null } satisfies Page<Endpoint>)
}

/** `POST /v1/webhooks`: a secret that is made here can be read in this answer only. */
export async function postEndpoint(c: Ctx): Promise<Response> {
  const asked = parse(newEndpoint, await readJson(c.req.raw))
  requireSite(c, 'endpoints.change', asked.site, 'site')
  if (asked.mine) personOf(c)
  return c.json(await addEndpoint(worldOf(c, asked.site), { asked, actor: c.get('moderator') }), 201)
}

/** `PATCH /v1/webhooks/:id` */
export async function patchEndpoint(c: Ctx): Promise<Response> {
  const change = parse(endpointChange, await readJson(c.req.raw))
  if (change.mine) personOf(c)
  return c.json(await changeEndpoint(await worldOfEndpoint(c), { ...askedOf(c), change }))
}

/** `DELETE /v1/webhooks/:id` */
export async function deleteEndpoint(c: Ctx): Promise<Response> {
  await removeEndpoint(await worldOfEndpoint(c), askedOf(c))
  return c.body(null, 204)
}

/** `POST /v1/webhooks/:id/test` */
export async function postEndpointTest(c: Ctx): Promise<Response> {
  return c.json(await testEndpoint(await worldOfEndpoint(c), askedOf(c)))
}

/** `POST /v1/webhooks/:id/secret` */
export async function postEndpointSecret(c: Ctx): Promise<Response> {
  return c.json(await rotateSecret(await worldOfEndpoint(c), askedOf(c)))
}

const askedOf = (c: Ctx) => ({ id: c.req.param('id') ?? '', actor: c.get('moderator') })

/** The world whose database has the endpoint that a path names. */
async function worldOfEndpoint(c: Ctx): Promise<World> {
  const { id } = askedOf(c)
  const databases = everyDatabase(c.env)
  const found = await Promise.all(databases.map((db) => endpoints.find(db, id)))
  const at = Math.max(
    0,
    found.findIndex((one) => one !== null),
  )
  return { ...worldOf(c), db: databases[at] ?? databases[0] }
}
