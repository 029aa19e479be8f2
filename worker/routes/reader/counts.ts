import type { Ctx } from '../../access/identity.ts'
import { type Counts, countsQuery } from '../../contract/thread.ts'
import { tagsOf } from '../../http/edgeCache.ts'
import { keepable, publicly } from '../../http/headers.ts'
import { parse } from '../../http/input.ts'
import { counts } from '../../queries/counts.ts'
import { worldOf } from '../world.ts'

/** `GET /v1/sites/:site/counts`: shown comments by key, as asked. */
export async function getCounts(c: Ctx): Promise<Response> {
  publicly(c)
  const siteId = c.req.param('site') ?? ''
  const keys = c.req.queries('key') ?? []
  const { key: canonical } = parse(countsQuery, c.req.queries())
  const found = await counts(worldOf(c, siteId), { siteId, keys: canonical.filter((key) => key !== null) })
  keepable(c, 'counts', await tagsOf(c.env, { siteId }))
  return c.json({
    counts: Object.fromEntries(keys.map((key, index) => [key, found.get(canonical[index] ?? '') ?? 0])),
  } satisfies Counts)
}
