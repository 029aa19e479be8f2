import * as v from 'valibot'
import type { Ctx } from '../../access/identity.ts'
import { limits } from '../../contract/limits.ts'
import { publish } from '../../events/publish.ts'
import { line, parse, readJson, visible } from '../../http/input.ts'
import { Refusal } from '../../http/refusal.ts'
import * as badges from '../../store/badges.ts'
import { worldOf } from '../world.ts'

const schema = v.object({ badge: v.nullable(v.pipe(line(limits.badge), visible)) })

/** `PUT /v1/authors/:id/badge`: what readers are told an author is; null for nothing. */
export async function putBadge(c: Ctx): Promise<Response> {
  const { badge } = parse(schema, await readJson(c.req.raw))
  const by = { actor: c.get('moderator'), at: Date.now() }
  const events = await badges.set(c.env.DB, c.req.param('id') ?? '', badge, by)
  if (!events) throw new Refusal('not_found')
  publish(worldOf(c), events)
  return c.body(null, 204)
}
