import type { Ctx } from '../../access/identity.ts'
import { authorQuery } from '../../contract/authors.ts'
import { parse, single } from '../../http/input.ts'
import { authorPage } from '../../queries/authorPage.ts'
import { worldOf } from '../world.ts'

/** `GET /v1/authors/:id`: who wrote, how far they are trusted and why, and what they wrote. */
export async function getAuthor(c: Ctx): Promise<Response> {
  const { cursor = null } = parse(authorQuery, single(c.req.queries()))
  return c.json(await authorPage(worldOf(c), { id: c.req.param('id') ?? '', after: cursor }))
}
