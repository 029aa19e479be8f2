import type { Ctx } from '../../access/identity.ts'
import { changeAccount } from '../../commands/changeAccount.ts'
import { endOneSession } from '../../commands/endOneSession.ts'
import type { Page } from '../../contract/page.ts'
import { accountChange, type SessionOfPerson, sessionsQuery } from '../../contract/session.ts'
import { readJson } from '../../http/body.ts'
import { parse, single } from '../../http/input.ts'
import { sessionOf } from '../../queries/sessionOf.ts'
import { sessionsOf } from '../../queries/sessionsOf.ts'
import { worldOf } from '../world.ts'

/** `PATCH /v1/session`: one's own name, language and time zone. */
export async function patchSession(c: Ctx): Promise<Response> {
  const change = parse(accountChange, await readJson(c.req.raw))
  const world = worldOf(c)
  return c.json(await sessionOf(world, await changeAccount(world, { change, by: c.get('moderator') })))
}

/** `GET /v1/sessions`: where one is signed in, or where somebody is whom one may change. */
export async function getSessions(c: Ctx): Promise<Response> {
  const by = c.get('moderator')
  const { staff = by.id } = parse(sessionsQuery, single(c.req.queries()))
  const items = await sessionsOf(worldOf(c), { staffId: staff, by })
  return c.json({ items, next: null } satisfies Page<SessionOfPerson>)
}

/** `DELETE /v1/sessions/:id` */
export async function deleteOneSession(c: Ctx): Promise<Response> {
  await endOneSession(worldOf(c), { id: c.req.param('id') ?? '', by: c.get('moderator') })
  return c.body(null, 204)
}
