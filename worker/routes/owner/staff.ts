import type { Ctx } from '../../access/identity.ts'
import { changeStaff } from '../../commands/changeStaff.ts'
import { type Invitation, inviteStaff } from '../../commands/inviteStaff.ts'
import { makeStaffLink } from '../../commands/makeStaffLink.ts'
import { removeStaff } from '../../commands/removeStaff.ts'
import { type MadeLink, newPerson, personChange, staffQuery } from '../../contract/staff.ts'
import { readJson } from '../../http/body.ts'
import { parse, single } from '../../http/input.ts'
import { publicUrl } from '../../http/publicUrl.ts'
import { personOf, staffPage } from '../../queries/staffPage.ts'
import { iso } from '../../store/database.ts'
import { worldOf } from '../world.ts'

/** `GET /v1/staff` */
export async function getStaff(c: Ctx): Promise<Response> {
  const { cursor = '' } = parse(staffQuery, single(c.req.queries()))
  return c.json(await staffPage(worldOf(c), { by: c.get('moderator'), after: cursor }))
}

/** `POST /v1/staff`: a new account; its link can be read in this answer only. */
export async function postPerson(c: Ctx): Promise<Response> {
  const asked = parse(newPerson, await readJson(c.req.raw))
  return c.json(linkOf(c, await inviteStaff(worldOf(c), { asked, by: c.get('moderator') })), 201)
}

/** `PATCH /v1/staff/:id` */
export async function patchPerson(c: Ctx): Promise<Response> {
  const change = parse(personChange, await readJson(c.req.raw))
  const by = c.get('moderator')
  const world = worldOf(c)
  return c.json(await personOf(world, by, await changeStaff(world, { id: named(c), change, by })))
}

/** `DELETE /v1/staff/:id` */
export async function deletePerson(c: Ctx): Promise<Response> {
  await removeStaff(worldOf(c), { id: named(c), by: c.get('moderator') })
  return c.body(null, 204)
}

/** `POST /v1/staff/:id/link`: another link, in place of those before. */
export async function postPersonLink(c: Ctx): Promise<Response> {
  return c.json(linkOf(c, await makeStaffLink(worldOf(c), { id: named(c), by: c.get('moderator') })), 201)
}

const named = (c: Ctx) => c.req.param('id') ?? ''

const linkOf = (c: Ctx, { id, token, expiresAt }: Invitation): MadeLink => ({
  ...{ id, link: `${publicUrl(c)}/dashboard#sign-in=${token}`, expiresAt: iso(expiresAt) },
})
