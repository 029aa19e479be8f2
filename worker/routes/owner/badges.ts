import * as v from 'valibot'
import type { Ctx } from '../../access/identity.ts'
import { limits } from '../../contract/limits.ts'
import { purge } from '../../http/edgeCache.ts'
import { line, parse, readJson, visible } from '../../http/input.ts'
import { Refusal } from '../../http/refusal.ts'
import * as badges from '../../store/badges.ts'

const schema = v.object({ badge: v.nullable(v.pipe(line(limits.badge), visible)) })

/** `PUT /v1/authors/:id/badge`: what readers are told an author is; null for nothing. */
export async function putBadge(c: Ctx): Promise<Response> {
  const { badge } = parse(schema, await readJson(c.req.raw))
  const by = { actor: c.get('moderator'), at: Date.now() }
  const siteId = await badges.set(c.env.DB, c.req.param('id') ?? '', badge, by)
  if (siteId === null) throw new Refusal('not_found')
  purge(c.env, c.executionCtx, [{ siteId }])
  return c.body(null, 204)
}
