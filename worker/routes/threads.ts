import type { Ctx } from '../access.ts'
import { Refusal } from '../refusal.ts'
import * as threads from '../store/threads.ts'

/** `POST /v1/threads/:id/closure`: the thread takes no more comments. */
export const postClosure = (c: Ctx) => change(c, Date.now())

/** `DELETE /v1/threads/:id/closure`: it takes them again. */
export const deleteClosure = (c: Ctx) => change(c, null)

async function change(c: Ctx, closedAt: number | null): Promise<Response> {
  const id = /^\d{1,15}$/.test(c.req.param('id') ?? '') ? Number(c.req.param('id')) : null
  const by = { actor: c.get('moderator'), at: Date.now() }
  const done = id !== null && (await threads.close(c.env.DB, id, closedAt, by))
  if (!done) throw new Refusal('not_found')
  return c.body(null, 204)
}
