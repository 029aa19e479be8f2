import type { Ctx } from '../../access/identity.ts'
import { badgeChange } from '../../contract/badges.ts'
import { readJson } from '../../http/body.ts'
import { purge } from '../../http/edgeCache.ts'
import { parse } from '../../http/input.ts'
import { Refusal } from '../../http/refusal.ts'
import * as badges from '../../store/badges.ts'

/** `PUT /v1/authors/:id/badge`: what readers are told an author is; null for nothing. */
export async function putBadge(c: Ctx): Promise<Response> {
  const { badge } = parse(badgeChange, await readJson(c.req.raw))
  const by = { actor: c.get('moderator'), at: Date.now() }
  const siteId = await badges.set(c.env.DB, c.req.param('id') ?? '', badge, by)
  if (siteId === null) throw new Refusal('not_found')
  purge(c.env, c.executionCtx, [{ siteId }])
  return c.body(null, 204)
}
