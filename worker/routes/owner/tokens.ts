import { requireInstance, requireSite } from '../../access/gate.ts'
import type { Ctx } from '../../access/identity.ts'
import { sitesOf } from '../../access/permissions.ts'
import { makeToken } from '../../commands/makeToken.ts'
import { revokeToken } from '../../commands/revokeToken.ts'
import { newToken, tokensQuery } from '../../contract/tokens.ts'
import { readJson } from '../../http/body.ts'
import { parse, single } from '../../http/input.ts'
import { tokensPage } from '../../queries/tokensPage.ts'
import { worldOf } from '../world.ts'

/** `GET /v1/tokens` */
export async function getTokens(c: Ctx): Promise<Response> {
  const { cursor } = parse(tokensQuery, single(c.req.queries()))
  const by = c.get('moderator')
  const asked = { siteIds: sitesOf(by), asking: by.script ? by.id : null, after: cursor ?? null }
  return c.json(await tokensPage(worldOf(c), asked))
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
