import type { Ctx } from '../../access/identity.ts'
import { pinComment } from '../../commands/pinComment.ts'
import { worldOf } from '../world.ts'

/** `PUT /v1/comments/:id/pin`: a shown root comment stands above the others of its thread. */
export const putPin = (c: Ctx) => pin(c, true)

/** `DELETE /v1/comments/:id/pin`: it stands in its place again. */
export const deletePin = (c: Ctx) => pin(c, false)

async function pin(c: Ctx, pinned: boolean): Promise<Response> {
  const id = (c.req.param('id') ?? '').toLowerCase()
  await pinComment(worldOf(c), { id, pinned, actor: c.get('moderator') })
  return c.body(null, 204)
}
