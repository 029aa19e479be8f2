import type { Ctx } from '../../access/identity.ts'
import { purge } from '../../http/edgeCache.ts'
import { Refusal } from '../../http/refusal.ts'
import * as threads from '../../store/threads.ts'

/** `POST /v1/threads/:id/closure`: the thread takes no more comments. */
export const postClosure = (c: Ctx) => change(c, 'thread.close')

/** `DELETE /v1/threads/:id/closure`: it takes them again. */
export const deleteClosure = (c: Ctx) => change(c, 'thread.reopen')

/** `POST /v1/threads/:id/check`: every comment of the thread waits for a person. */
export const postCheck = (c: Ctx) => change(c, 'thread.check')

/** `DELETE /v1/threads/:id/check`: the site's settings say again who waits. */
export const deleteCheck = (c: Ctx) => change(c, 'thread.uncheck')

async function change(c: Ctx, act: threads.ThreadAct): Promise<Response> {
  const id = /^\d{1,15}$/.test(c.req.param('id') ?? '') ? Number(c.req.param('id')) : null
  const by = { actor: c.get('moderator'), at: Date.now() }
  const siteId = id === null ? null : await threads.change(c.env.DB, id, act, by)
  if (id === null || siteId === null) throw new Refusal('not_found')
  purge(c.env, c.executionCtx, [{ siteId, threadId: id }])
  return c.body(null, 204)
}
