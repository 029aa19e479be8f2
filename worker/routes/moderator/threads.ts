import type { Ctx } from '../../access/identity.ts'
import { changeThread } from '../../commands/changeThread.ts'
import type { ThreadEvent } from '../../contract/events.ts'
import { Refusal } from '../../http/refusal.ts'
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
  const id = c.req.param('id') ?? ''
  if (!/^\d{1,15}$/.test(id)) throw new Refusal('not_found')
  await changeThread(worldOf(c), { id: Number(id), act, actor: c.get('moderator') })
  return c.body(null, 204)
}
