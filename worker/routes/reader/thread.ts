import type { Ctx } from '../../access/identity.ts'
import { limitReads } from '../../access/readLimit.ts'
import { threadQuery } from '../../contract/thread.ts'
import { tagsOf } from '../../http/edgeCache.ts'
import { isFresh, keepable, publicly, versionSeen } from '../../http/headers.ts'
import { cacheKeyOf, memory } from '../../http/isolateCache.ts'
import { publicQuery } from '../../http/publicQuery.ts'
import { pageJson } from '../../queries/pageView.ts'
import { changedThreadPage, threadPage } from '../../queries/threadPage.ts'
import { worldOf } from '../world.ts'

const encoder = new TextEncoder()

/** `GET /v1/sites/:site/thread`: a page of a thread, of one branch of it, or what is new in it. */
export async function getThread(c: Ctx): Promise<Response> {
  publicly(c)
  const { query, cacheKey, isUsual } = publicQuery(c, threadQuery)
  const known = cacheKey !== cacheKeyOf(c.req) && memory.recall(c.req.raw, c.get('receivedAt'), cacheKey)
  if (known) return known
  const remember = memory.watch(c.req.raw, c.get('receivedAt'), cacheKey)
  const siteId = c.req.param('site') ?? ''
  const wanted = { siteId, form: 'json', ...query } as const
  const seen = versionSeen(c)
  const world = worldOf(c, siteId)
  const admit = () => limitReads(c)
  const { thread, body } = await memory.reading.once(`${cacheKey} ${seen ?? ''}`, world.defer, async () => {
    const { thread, page } = await (seen === undefined
      ? admit().then(() => threadPage(world, wanted))
      : changedThreadPage(world, wanted, { seen, admit }))
    return { thread, body: page && (encoder.encode(pageJson(page)) as Uint8Array<ArrayBuffer>) }
  })
  const tags = await tagsOf(c.env, { siteId, ...(thread && { threadId: thread.id }) })
  keepable(c, 'thread', { tags, isUsual })
  if ((thread && isFresh(c, `"${thread.version}"`)) || body === null) return remember(c.body(null, 304), null)
  return remember(c.body(body, 200, { 'content-type': 'application/json' }), body)
}
