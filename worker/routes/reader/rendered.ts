import type { Ctx } from '../../access/identity.ts'
import { limitReads } from '../../access/readLimit.ts'
import type { World } from '../../commands/world.ts'
import type { Site } from '../../contract/site.ts'
import { digest } from '../../crypto.ts'
import { tagsOf } from '../../http/edgeCache.ts'
import { isFresh, keepable, type PublicRead } from '../../http/headers.ts'
import { memory } from '../../http/isolateCache.ts'
import { publicUrl, voucherOf } from '../../http/publicUrl.ts'
import { worldOf } from '../world.ts'

/** What a public read became: a text that names this instance's host. */
interface Rendered {
  text: string
  site: Site
  threadId?: number | undefined
}

interface Asked {
  read: PublicRead
  /** Its path and query in one form, and whether it is spelt so: see `publicQuery`. */
  cacheKey: string
  isUsual: boolean
  type: string
  /** Whether it is for one answer only. */
  once?: boolean
}

const encoder = new TextEncoder()

/**
 * Answers a public read with a text that takes some time to render: it is rendered once for all who ask for it by this
 * host at the same time, and kept for a moment by host and address.
 *
 * @param render reads and renders it; counted against the network that asks
 */
export async function sendRendered(
  c: Ctx,
  { read, cacheKey, isUsual, type, once = false }: Asked,
  render: (world: World) => Promise<Rendered>,
): Promise<Response> {
  const key = `${publicUrl(c)} ${cacheKey}`
  const known = memory.recall(c.req.raw, c.get('receivedAt'), key)
  if (known) return known
  const remember = memory.watch(c.req.raw, c.get('receivedAt'), key)
  const world = worldOf(c, c.req.param('site') ?? '')
  const { body, etag, site, threadId } = await memory.reading.once(key, world.defer, async () => {
    await limitReads(c)
    const { text, ...about } = await render(world)
    const etag = `"${(await digest(text)).slice(0, 22)}"`
    return { ...about, etag, body: encoder.encode(text) as Uint8Array<ArrayBuffer> }
  })
  const headers = { 'content-type': `${type}; charset=utf-8` }
  // A host that the proxy alone knows is for who asked by it.
  if (once || voucherOf(c, site) === 'proxy') return c.body(body, 200, headers)
  const tags = await tagsOf(c.env, { siteId: site.id, ...(threadId !== undefined && { threadId }) })
  keepable(c, read, { tags, isUsual })
  if (isFresh(c, etag)) return remember(c.body(null, 304), null)
  return remember(c.body(body, 200, headers), body)
}
