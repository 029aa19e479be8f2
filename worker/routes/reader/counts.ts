import * as v from 'valibot'
import { type Ctx, siteOf } from '../../access/identity.ts'
import { limits } from '../../contract/limits.ts'
import type { Counts } from '../../contract/thread.ts'
import { tagsOf } from '../../http/edgeCache.ts'
import { keepable, publicly } from '../../http/headers.ts'
import { parse } from '../../http/input.ts'
import { Refusal } from '../../http/refusal.ts'
import * as threads from '../../store/threads.ts'
import { threadKey } from './thread.ts'

/** `GET /v1/sites/:site/counts`: shown comments by key, as asked. */
export async function getCounts(c: Ctx): Promise<Response> {
  publicly(c)
  const site = await siteOf(c)
  const keys = c.req.queries('key') ?? []
  if (keys.length === 0) throw new Refusal('missing', { field: 'key' })
  if (keys.length > limits.counts) throw new Refusal('too_long', { field: 'key', limit: limits.counts })
  const canonical = parse(v.array(threadKey), keys, 'key.')
  const counts = await threads.counts(c.env.DB, site.id, canonical)
  const answer: Counts = {
    counts: Object.fromEntries(keys.map((key, index) => [key, counts.get(canonical[index] ?? '') ?? 0])),
  }
  keepable(c, 'counts', await tagsOf(c.env, { siteId: site.id }))
  return c.json(answer)
}
