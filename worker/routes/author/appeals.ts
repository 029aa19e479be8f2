import { type Ctx, limitRate } from '../../access/identity.ts'
import { refuseBanned } from '../../access/sender.ts'
import { newAppeal } from '../../contract/comment.ts'
import { addressOf } from '../../http/address.ts'
import { readJson } from '../../http/body.ts'
import { parse } from '../../http/input.ts'
import * as subjects from '../../store/decidedComments.ts'
import { appeal } from '../../store/edits.ts'
import { bansInForce } from '../../store/screening.ts'
import { author, conflict, getOwnComment, ownComment } from './ownComment.ts'

/** `POST /v1/sites/:site/comments/:id/appeal`: an author asks, once, that a person looks at the refusal again. */
export async function postAppeal(c: Ctx): Promise<Response> {
  const now = Date.now()
  const own = await ownComment(c)
  await limitRate(c, own.site, async () => true)
  const { note } = parse(newAppeal, await readJson(c.req.raw))
  const bans = await bansInForce(c.env.DB, own.site.id, ['author', 'address'], now)
  refuseBanned(bans, { author: own.row.authorId, address: addressOf(c.req.raw) })
  const found = (await subjects.byId(c.env.DB, own.row.id)) as subjects.Subject
  const refused = found.status === 'rejected' || found.status === 'spam'
  if (!refused || found.erased || own.row.appeal !== null) throw conflict(own, now)
  const circumstances = { decisionId: crypto.randomUUID(), actor: author(own.row), at: now }
  if (!(await appeal(c.env.DB, found, note, circumstances))) throw conflict(own, now)
  return getOwnComment(c)
}
