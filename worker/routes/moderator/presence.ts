import { requireSite } from '../../access/gate.ts'
import type { Ctx } from '../../access/identity.ts'
import { heldByOthers, hold } from '../../access/presence.ts'
import type { Page } from '../../contract/page.ts'
import { type HeldByOther, presence } from '../../contract/presence.ts'
import { readJson } from '../../http/body.ts'
import { parse } from '../../http/input.ts'

/** `PUT /v1/presence` */
export async function putPresence(c: Ctx): Promise<Response> {
  const { inHand } = parse(presence, await readJson(c.req.raw))
  if (inHand) requireSite(c, 'queue.read', inHand.siteId, 'inHand.siteId')
  const person = c.get('moderator')
  const now = Date.now()
  hold(person, inHand, now)
  return c.json({ items: heldByOthers(person, now), next: null } satisfies Page<HeldByOther>)
}
