import type { Ctx } from '../../access/identity.ts'
import { giveBadge } from '../../commands/giveBadge.ts'
import { badgeChange } from '../../contract/badges.ts'
import { readJson } from '../../http/body.ts'
import { parse } from '../../http/input.ts'
import { worldOf } from '../world.ts'

/** `PUT /v1/authors/:id/badge`: what readers are told an author is; null for nothing. */
export async function putBadge(c: Ctx): Promise<Response> {
  const { badge } = parse(badgeChange, await readJson(c.req.raw))
  const authorId = c.req.param('id') ?? ''
  await giveBadge(worldOf(c), { authorId, badge, actor: c.get('moderator') })
  return c.body(null, 204)
}
