import type { Ctx } from '../../access/identity.ts'
import { appealRefusal } from '../../commands/appealRefusal.ts'
import { newAppeal } from '../../contract/comment.ts'
import { readJson } from '../../http/body.ts'
import { parse } from '../../http/input.ts'
import { worldOf } from '../world.ts'
import { limitOwn, ownComment } from './ownComment.ts'

/** `POST /v1/sites/:site/comments/:id/appeal`: an author asks, once, that a person looks at the refusal again. */
export async function postAppeal(c: Ctx): Promise<Response> {
  const own = await ownComment(c)
  await limitOwn(c, own)
  const { note } = parse(newAppeal, await readJson(c.req.raw))
  const appeal = { own, note }
  return c.json({ comment: await appealRefusal(worldOf(c, own.site.id), appeal) })
}
