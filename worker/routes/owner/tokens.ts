import { requireInstance, requireSite } from '../../access/gate.ts'
import type { Ctx } from '../../access/identity.ts'
import { sitesOf } from '../../access/permissions.ts'
import { makeToken } from '../../commands/makeToken.ts'
import { revokeToken } from '../../commands/revokeToken.ts'
import type { Page } from '../../contract/page.ts'
import { type ApiToken, newToken } from '../../contract/tokens.ts'
import { readJson } from '../../http/body.ts'
import { parse } from '../../http/input.ts'
import * as tokens from '../../store/tokens.ts'
import { worldOf } from '../world.ts'

/** `GET /v1/tokens` */
export async function getTokens(c: Ctx): Promise<Response> {
  const items = await tokens.list(worldOf(c).db, sitesOf(c.get('moderator')))
  return c.json({ items, next: null } satisfies Page<ApiToken>)
}

/** `POST /v1/tokens`: a new API token; this answer is the only place where it can be read. */
export async function postToken(c: Ctx): Promise<Response> {
  const asked = parse(newToken, await readJson(c.req.raw))
  if (asked.site) requireSite(c, 'tokens.change', asked.site, 'site')
  else requireInstance(c, 'tokens.change')
  return c.json(await makeToken(worldOf(c), { asked, by: c.get('moderator') }), 201)
}

/** `DELETE /v1/tokens/:id` */
export async function deleteToken(c: Ctx): Promise<Response> {
  await revokeToken(worldOf(c), { id: c.req.param('id') ?? '', actor: c.get('moderator') })
  return c.body(null, 204)
}
