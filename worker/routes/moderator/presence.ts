import { requireSite } from '../../access/gate.ts'
import type { Ctx } from '../../access/identity.ts'
import { heldByOthers, hold, type InHand, isHeldBy } from '../../access/presence.ts'
import { type HeldByOthers, presence } from '../../contract/presence.ts'
import { readJson } from '../../http/body.ts'
import { parse } from '../../http/input.ts'
import { databaseOf } from '../../store/database.ts'
import { siteOfThing } from '../../store/siteOfThing.ts'

/** `PUT /v1/presence` */
export async function putPresence(c: Ctx): Promise<Response> {
  const { inHand } = parse(presence, await readJson(c.req.raw))
  if (inHand) requireSite(c, 'queue.read', inHand.siteId, 'inHand.siteId')
  const person = c.get('moderator')
  const now = Date.now()
  hold(person, inHand && (await isThere(c, inHand)) ? inHand : null, now)
  return c.json({ ...heldByOthers(person, now), next: null } satisfies HeldByOthers)
}

/** Whether a comment is of the site that it is said to be of. It is looked up once, when it is taken up. */
const isThere = async (c: Ctx, inHand: InHand) =>
  isHeldBy(c.get('moderator').id, inHand) ||
  (await siteOfThing(databaseOf(c.env, inHand.siteId), 'comment', inHand.commentId)) === inHand.siteId
