import { requireKnownSite } from '../../access/gate.ts'
import type { Ctx } from '../../access/identity.ts'
import { changeThread, setThread } from '../../commands/changeThread.ts'
import { renameThread } from '../../commands/renameThread.ts'
import { titleChange } from '../../contract/queue.ts'
import { threadChange, threadsQuery } from '../../contract/staffThread.ts'
import type { ThreadEvent } from '../../contract/threadEvents.ts'
import { readJson } from '../../http/body.ts'
import { parse, single } from '../../http/input.ts'
import { Refusal } from '../../http/refusal.ts'
import { staffThread } from '../../queries/staffThread.ts'
import { threadList } from '../../queries/threadList.ts'
import { worldOf } from '../world.ts'

/** `GET /v1/threads`: those of a site. */
export async function getThreads(c: Ctx): Promise<Response> {
  const { site, cursor } = parse(threadsQuery, single(c.req.queries()))
  await requireKnownSite(c, 'threads.change', site)
  return c.json(await threadList(worldOf(c, site), site, cursor ?? ''))
}

/** `GET /v1/threads/:id`: how a thread stands. */
export const getStaffThread = async (c: Ctx): Promise<Response> =>
  c.json(await staffThread(worldOf(c), threadOf(c)))

/** `PATCH /v1/threads/:id`: how fast it takes comments, and when it closes by itself. */
export async function patchThread(c: Ctx): Promise<Response> {
  const wish = parse(threadChange, await readJson(c.req.raw))
  await setThread(worldOf(c), { id: threadOf(c), wish, actor: c.get('moderator') })
  return c.body(null, 204)
}

/** `POST /v1/threads/:id/closure`: the thread takes no more comments. */
export const postClosure = (c: Ctx) => change(c, 'thread.close')

/** `DELETE /v1/threads/:id/closure`: it takes them again. */
export const deleteClosure = (c: Ctx) => change(c, 'thread.reopen')

/** `POST /v1/threads/:id/check`: every comment of the thread waits for a person. */
export const postCheck = (c: Ctx) => change(c, 'thread.check')

/** `DELETE /v1/threads/:id/check`: the site's settings say again who waits. */
export const deleteCheck = (c: Ctx) => change(c, 'thread.uncheck')

/** `PUT /v1/threads/:id/title`: staff names the page; null has its comments name it again. */
export async function putTitle(c: Ctx): Promise<Response> {
  const { title } = parse(titleChange, await readJson(c.req.raw))
  await renameThread(worldOf(c), { id: threadOf(c), title, actor: c.get('moderator') })
  return c.body(null, 204)
}

async function change(c: Ctx, act: ThreadEvent['act']): Promise<Response> {
  await changeThread(worldOf(c), { id: threadOf(c), act, actor: c.get('moderator') })
  return c.body(null, 204)
}

function threadOf(c: Ctx): number {
  const id = c.req.param('id') ?? ''
  if (!/^\d{1,15}$/.test(id)) throw new Refusal('not_found')
  return Number(id)
}
