import { type Ctx, siteOf } from '../../access/identity.ts'
import { type Counts, countsQuery } from '../../contract/thread.ts'
import { tagsOf } from '../../http/edgeCache.ts'
import { keepable, publicly } from '../../http/headers.ts'
import { parse } from '../../http/input.ts'
import * as threads from '../../store/threads.ts'

/** `GET /v1/sites/:site/counts`: shown comments by key, as asked. */
export async function getCounts(c: Ctx): Promise<Response> {
  publicly(c)
  const site = await siteOf(c)
  const keys = c.req.queries('key') ?? []
  const { key: canonical } = parse(countsQuery, c.req.queries())
  const counts = await threads.counts(c.env.DB, site.id, canonical)
  const answer: Counts = {
    counts: Object.fromEntries(keys.map((key, index) => [key, counts.get(canonical[index] ?? '') ?? 0])),
  }
  keepable(c, 'counts', await tagsOf(c.env, { siteId: site.id }))
  return c.json(answer)
}
