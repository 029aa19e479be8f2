import type { Ctx } from '../../access/identity.ts'
import { eraseAuthor } from '../../commands/eraseAuthor.ts'
import { enqueueErasure } from '../../jobs/enqueue.ts'
import { erasureView } from '../../queries/erasureView.ts'
import { quotesOf } from '../../queries/quotesOf.ts'
import { worldOf } from '../world.ts'

const idIn = (c: Ctx) => c.req.param('id') ?? ''

/** `GET /v1/authors/:id/erasure` */
export const getErasure = async (c: Ctx): Promise<Response> =>
  c.json(await erasureView(worldOf(c), { id: idIn(c), by: c.get('moderator') }))

/** `GET /v1/authors/:id/quotes` */
export const getQuotes = async (c: Ctx): Promise<Response> =>
  c.json(await quotesOf(worldOf(c), idIn(c), c.get('moderator')))

/** `DELETE /v1/authors/:id` */
export async function deleteAuthor(c: Ctx): Promise<Response> {
  const { erasure, open } = await eraseAuthor(worldOf(c), { ids: [idIn(c)], actor: c.get('moderator') })
  for (const { author, site } of open) await enqueueErasure(c.env, { erase: author, site })
  return c.json(erasure, 202)
}
