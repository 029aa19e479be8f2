import type { Ctx } from '../../access/identity.ts'
import { limitReads } from '../../access/readLimit.ts'
import { noteSighting } from '../../access/sightings.ts'
import { threadQuery } from '../../contract/thread.ts'
import { tagsOf } from '../../http/edgeCache.ts'
import { isFresh, keepable, publicly, versionSeen } from '../../http/headers.ts'
import { cacheKeyOf, memory } from '../../http/isolateCache.ts'
import { publicQuery } from '../../http/publicQuery.ts'
import { isAged } from '../../queries/closing.ts'
import { pageJson } from '../../queries/pageView.ts'
import { changedThreadPage, type Seen, threadPage } from '../../queries/threadPage.ts'
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
  const seen = seenOf(c)
  const world = worldOf(c, siteId)
  const admit = () => limitReads(c)
  const { thread, body } = await memory.reading.once(
    `${cacheKey} ${seen?.version ?? ''}${seen?.isAged ? aged : ''}`,
    world.defer,
    async () => {
      const found = await (seen === undefined
        ? admit().then(() => threadPage(world, wanted))
        : changedThreadPage(world, wanted, { seen, admit }))
      const { thread, page } = found
      if ('site' in found) noteSighting(world, found.site, { origin: originOf(c), key: query.key })
      return { thread, body: page && (encoder.encode(pageJson(page)) as Uint8Array<ArrayBuffer>) }
    },
  )
  const tags = await tagsOf(c.env, { siteId, ...(thread && { threadId: thread.id }) })
  keepable(c, 'thread', { tags, isUsual })
  const etag = thread && `"${thread.version}${isAged(thread, world.now) ? aged : ''}"`
  if ((etag && isFresh(c, etag)) || body === null) return remember(c.body(null, 304), null)
  return remember(c.body(body, 200, { 'content-type': 'application/json' }), body)
}

/** What an ETag says besides where the time of a thread is over: no version changes then. */
const aged = '-aged'

/** What the client has, by the ETag that it sends. */
function seenOf(c: Ctx): Seen | undefined {
  for (const isAged of [false, true]) {
    const version = versionSeen(c, isAged ? aged : '')
    if (version !== undefined) return { version, isAged }
  }
}

/** The origin of the page that asks; null where no page says so. A page of this host's own names itself by its address. */
function originOf(c: Ctx): string | null {
  const said = c.req.header('origin') ?? c.req.header('referer') ?? ''
  return URL.canParse(said) ? new URL(said).origin : null
}
