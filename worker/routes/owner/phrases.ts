import { type Ctx, siteOf } from '../../access/identity.ts'
import { changeAnswers, changeReasons } from '../../commands/changePhrases.ts'
import { answersChange, reasonsChange } from '../../contract/phrases.ts'
import { readJson } from '../../http/body.ts'
import { parse } from '../../http/input.ts'
import * as phrases from '../../store/phrases.ts'
import { worldOf } from '../world.ts'

const listed = (c: Ctx, items: unknown[]) => c.json({ items, next: null })

/** `GET /v1/sites/:site/reasons` */
export async function getReasons(c: Ctx): Promise<Response> {
  const { id } = await siteOf(c)
  return listed(c, await phrases.reasons(worldOf(c, id).db, id))
}

/** `PUT /v1/sites/:site/reasons`: all of them, in their order. */
export async function putReasons(c: Ctx): Promise<Response> {
  const { id: siteId } = await siteOf(c)
  const change = parse(reasonsChange, await readJson(c.req.raw))
  return listed(c, await changeReasons(worldOf(c, siteId), { siteId, actor: c.get('moderator'), ...change }))
}

/** `GET /v1/sites/:site/saved-answers` */
export async function getAnswers(c: Ctx): Promise<Response> {
  const { id } = await siteOf(c)
  return listed(c, await phrases.answers(worldOf(c, id).db, id))
}

/** `PUT /v1/sites/:site/saved-answers`: all of them, in their order. */
export async function putAnswers(c: Ctx): Promise<Response> {
  const { id: siteId } = await siteOf(c)
  const change = parse(answersChange, await readJson(c.req.raw))
  return listed(c, await changeAnswers(worldOf(c, siteId), { siteId, actor: c.get('moderator'), ...change }))
}
