import type { Ctx } from '../../access/identity.ts'
import { pinTrust } from '../../commands/pinTrust.ts'
import { authorQuery, trustChange } from '../../contract/authors.ts'
import { readJson } from '../../http/body.ts'
import { parse, single } from '../../http/input.ts'
import { authorExport } from '../../queries/authorExport.ts'
import { type AskedAuthor, authorPage } from '../../queries/authorPage.ts'
import { worldOf } from '../world.ts'

/** `GET /v1/authors/:id`: who wrote, how far they are trusted and why, and what they wrote. */
export const getAuthor = async (c: Ctx): Promise<Response> => c.json(await authorPage(worldOf(c), askedOf(c)))

/** `GET /v1/authors/:id/export` */
export const getAuthorExport = async (c: Ctx): Promise<Response> =>
  c.json(await authorExport(worldOf(c), askedOf(c), c.get('moderator')))

/** `PUT /v1/authors/:id/trust` */
export async function putTrust(c: Ctx): Promise<Response> {
  const { pinned } = parse(trustChange, await readJson(c.req.raw))
  await pinTrust(worldOf(c), { authorId: c.req.param('id') ?? '', pinned, actor: c.get('moderator') })
  return c.body(null, 204)
}

function askedOf(c: Ctx): AskedAuthor {
  const { cursor = null } = parse(authorQuery, single(c.req.queries()))
  return { id: c.req.param('id') ?? '', after: cursor }
}
