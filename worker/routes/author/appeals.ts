import * as v from 'valibot'
import { type Ctx, limitRate, refuseBanned } from '../../access/identity.ts'
import { limits } from '../../contract/limits.ts'
import { publish } from '../../events/publish.ts'
import { paragraphs, parse, readJson } from '../../http/input.ts'
import { deliveries } from '../../notify/destinations.ts'
import * as subjects from '../../store/decidedComments.ts'
import { appeal } from '../../store/edits.ts'
import { worldOf } from '../world.ts'
import { author, conflict, getOwnComment, ownComment } from './ownComment.ts'

const schema = v.object({ note: v.optional(v.pipe(paragraphs(limits.note), v.trim()), '') })

/** `POST /v1/sites/:site/comments/:id/appeal`: an author asks, once, that a person looks at the refusal again. */
export async function postAppeal(c: Ctx): Promise<Response> {
  const now = Date.now()
  const own = await ownComment(c)
  await limitRate(c, own.site, async () => true)
  const { note } = parse(schema, await readJson(c.req.raw))
  await refuseBanned(c, own.site, own.row.authorId, now)
  const found = (await subjects.byId(c.env.DB, own.row.id)) as subjects.Subject
  const refused = found.status === 'rejected' || found.status === 'spam'
  if (!refused || found.erased || own.row.appeal !== null) throw conflict(own, now)
  const circumstances = { decisionId: crypto.randomUUID(), actor: author(own.row), at: now, deliveries }
  const event = await appeal(c.env.DB, found, note, circumstances)
  if (!event) throw conflict(own, now)
  publish(worldOf(c), [event])
  return getOwnComment(c)
}
