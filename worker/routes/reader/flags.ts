import * as v from 'valibot'
import type { Ctx } from '../../access/identity.ts'
import { limits } from '../../contract/limits.ts'
import { flagReasons } from '../../contract/reactions.ts'
import { paragraphs, parse, readJson } from '../../http/input.ts'
import * as flags from '../../store/flags.ts'
import { othersComment, readerOf } from './reaction.ts'

const schema = v.object({
  reason: v.picklist(flagReasons),
  note: v.optional(v.pipe(paragraphs(limits.note), v.trim()), ''),
})

/** `POST /v1/sites/:site/comments/:id/flags`: a reader tells what is wrong with another's comment, once. */
export async function postFlag(c: Ctx): Promise<Response> {
  const reader = await readerOf(c)
  const { reason, note } = parse(schema, await readJson(c.req.raw))
  const comment = await othersComment(c, reader)
  const { hash, address, now: at } = reader
  await flags.add(c.env.DB, comment, { reader: hash, address, reason, note, at })
  return c.body(null, 204)
}
