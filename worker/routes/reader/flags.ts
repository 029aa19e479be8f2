import type { Ctx } from '../../access/identity.ts'
import { newFlag } from '../../contract/reactions.ts'
import { readJson } from '../../http/body.ts'
import { parse } from '../../http/input.ts'
import * as flags from '../../store/flags.ts'
import { othersComment, readerOf } from './reaction.ts'

/** `POST /v1/sites/:site/comments/:id/flags`: a reader tells what is wrong with another's comment, once. */
export async function postFlag(c: Ctx): Promise<Response> {
  const reader = await readerOf(c)
  const { reason, note } = parse(newFlag, await readJson(c.req.raw))
  const comment = await othersComment(c, reader)
  const { hash, address, now: at } = reader
  await flags.add(c.env.DB, comment, { reader: hash, address, reason, note, at })
  return c.body(null, 204)
}
