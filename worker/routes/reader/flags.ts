import type { Ctx } from '../../access/identity.ts'
import { flagComment } from '../../commands/flagComment.ts'
import { newFlag } from '../../contract/reactions.ts'
import { readJson } from '../../http/body.ts'
import { parse } from '../../http/input.ts'
import { worldOf } from '../world.ts'
import { reactionOf } from './reaction.ts'

/** `POST /v1/sites/:site/comments/:id/flags`: a reader tells what is wrong with another's comment, once. */
export async function postFlag(c: Ctx): Promise<Response> {
  const reaction = await reactionOf(c)
  const flag = parse(newFlag, await readJson(c.req.raw))
  await flagComment(worldOf(c, reaction.site.id), { ...reaction, ...flag })
  return c.body(null, 204)
}
