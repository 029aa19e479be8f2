import type { Ctx } from '../../access/identity.ts'
import { pinTrust } from '../../commands/pinTrust.ts'
import { authorQuery, trustChange } from '../../contract/authors.ts'
import { authorText } from '../../exporters/authorText.ts'
import { readJson } from '../../http/body.ts'
import { parse, single } from '../../http/input.ts'
import { authorExport } from '../../queries/authorExport.ts'
import { type AskedAuthor, authorPage } from '../../queries/authorPage.ts'
import { databaseOf } from '../../store/database.ts'
import * as sites from '../../store/sites.ts'
import { worldOf } from '../world.ts'

/** `GET /v1/authors/:id`: who wrote, how far they are trusted and why, and what they wrote. */
export const getAuthor = async (c: Ctx): Promise<Response> => c.json(await authorPage(worldOf(c), askedOf(c)))

/** `GET /v1/authors/:id/export` */
export const getAuthorExport = async (c: Ctx): Promise<Response> =>
  c.json(await authorExport(worldOf(c), askedOf(c), c.get('moderator')))

/** `GET /v1/authors/:id/export.md`: the same to read, in the language of the site. */
export async function getAuthorText(c: Ctx): Promise<Response> {
  const asked = askedOf(c)
  const world = worldOf(c)
  const part = await authorExport(world, asked, c.get('moderator'))
  const siteId = part.author.site.id
  const site = await sites.find(databaseOf(c.env, siteId), siteId)
  if (part.next !== null) c.header('link', `<?cursor=${part.next}>; rel="next"`)
  c.header('content-type', 'text/markdown; charset=utf-8')
  c.header('content-disposition', `attachment; filename="author-${asked.id}.md"`)
  return c.body(
    authorText(part, { locale: site?.locale ?? 'en', isFirst: asked.after === null, now: world.now }),
  )
}

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
