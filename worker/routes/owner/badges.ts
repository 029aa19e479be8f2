import type { Ctx } from '../../access/identity.ts'
import { badgeChange } from '../../contract/badges.ts'
import { publish } from '../../events/publish.ts'
import { readJson } from '../../http/body.ts'
import { parse } from '../../http/input.ts'
import { Refusal } from '../../http/refusal.ts'
import * as badges from '../../store/badges.ts'
import { worldOf } from '../world.ts'

/** `PUT /v1/authors/:id/badge`: what readers are told an author is; null for nothing. */
export async function putBadge(c: Ctx): Promise<Response> {
  const { badge } = parse(badgeChange, await readJson(c.req.raw))
  const by = { actor: c.get('moderator'), at: Date.now() }
  const events = await badges.set(c.env.DB, c.req.param('id') ?? '', badge, by)
  if (!events) throw new Refusal('not_found')
  publish(worldOf(c), events)
  return c.body(null, 204)
}
