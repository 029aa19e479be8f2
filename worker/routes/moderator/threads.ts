import type { Ctx } from '../../access/identity.ts'
import type { ThreadEvent } from '../../contract/events.ts'
import { publish } from '../../events/publish.ts'
import { Refusal } from '../../http/refusal.ts'
import * as threads from '../../store/threads.ts'
import { worldOf } from '../world.ts'

/** `POST /v1/threads/:id/closure`: the thread takes no more comments. */
export const postClosure = (c: Ctx) => change(c, 'thread.close')

/** `DELETE /v1/threads/:id/closure`: it takes them again. */
export const deleteClosure = (c: Ctx) => change(c, 'thread.reopen')

/** `POST /v1/threads/:id/check`: every comment of the thread waits for a person. */
export const postCheck = (c: Ctx) => change(c, 'thread.check')

/** `DELETE /v1/threads/:id/check`: the site's settings say again who waits. */
export const deleteCheck = (c: Ctx) => change(c, 'thread.uncheck')

async function change(c: Ctx, act: ThreadEvent['act']): Promise<Response> {
  const id = /^\d{1,15}$/.test(c.req.param('id') ?? '') ? Number(c.req.param('id')) : null
  const by = { actor: c.get('moderator'), at: Date.now() }
  const event = id === null ? null : await threads.change(c.env.DB, id, act, by)
  if (!event) throw new Refusal('not_found')
  publish(worldOf(c), [event])
  return c.body(null, 204)
}
