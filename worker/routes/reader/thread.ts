import { type Ctx, siteOf } from '../../access/identity.ts'
import { threadQuery } from '../../contract/thread.ts'
import { tagsOf } from '../../http/edgeCache.ts'
import { isFresh, keepable, publicly } from '../../http/headers.ts'
import { parse, single } from '../../http/input.ts'
import { memory } from '../../http/isolateCache.ts'
import { threadPage, visibleThread } from '../../queries/threadPage.ts'

const encoder = new TextEncoder()

/** `GET /v1/sites/:site/thread`: a page of a thread, of one branch of it, or what is new in it. */
export async function getThread(c: Ctx): Promise<Response> {
  publicly(c)
  const remember = memory.watch(c.req.raw, c.get('receivedAt'))
  const { key, ...wanted } = parse(threadQuery, single(c.req.queries()))
  const siteId = c.req.param('site') ?? ''
  const thread = await visibleThread(c.env.DB, siteId, key)
  const tags = await tagsOf(c.env, { siteId, ...(thread && { threadId: thread.id }) })
  if (thread && isFresh(c, `"${thread.version}"`)) {
    keepable(c, 'thread', tags)
    return remember(c.body(null, 304), null)
  }
  const site = await siteOf(c)
  const page = JSON.stringify(await threadPage(c.env.DB, { site, key, thread }, wanted))
  const body = encoder.encode(page) as Uint8Array<ArrayBuffer>
  keepable(c, 'thread', tags)
  return remember(c.body(body, 200, { 'content-type': 'application/json' }), body)
}
