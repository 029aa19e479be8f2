import type { Ctx } from '../../access/identity.ts'
import { publish } from '../../events/publish.ts'
import { Refusal } from '../../http/refusal.ts'
import * as pins from '../../store/pins.ts'
import { worldOf } from '../world.ts'

/** `PUT /v1/comments/:id/pin`: a shown root comment stands above the others of its thread. */
export const putPin = (c: Ctx) => pin(c, true)

/** `DELETE /v1/comments/:id/pin`: it stands in its place again. */
export const deletePin = (c: Ctx) => pin(c, false)

async function pin(c: Ctx, pinned: boolean): Promise<Response> {
  const id = (c.req.param('id') ?? '').toLowerCase()
  const comment = await pins.find(c.env.DB, id)
  if (!comment) throw new Refusal('not_found')
  if (pinned && !comment.root)
    throw new Refusal('conflict', { message: 'Only a root comment can be pinned.' })
  if (pinned && !comment.shown)
    throw new Refusal('conflict', { message: 'Only a comment that readers see can be pinned.' })
  const event = await pins.set(c.env.DB, comment, pinned, { actor: c.get('moderator'), at: Date.now() })
  if (event) publish(worldOf(c), [event])
  const present = await pins.find(c.env.DB, id)
  if (pinned && !present?.pinned)
    throw new Refusal('conflict', {
      message: `This thread has ${pins.mostPinned} pinned comments already. Unpin one first.`,
      limit: pins.mostPinned,
    })
  return c.body(null, 204)
}
