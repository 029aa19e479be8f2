import * as v from 'valibot'
import type { Ctx } from '../../access/identity.ts'
import { worldOf } from '../../access/world.ts'
import { limits } from '../../contract/limits.ts'
import type { Counts } from '../../contract/thread.ts'
import { tagsOf } from '../../http/edgeCache.ts'
import { keepable, publicly } from '../../http/headers.ts'
import { parse } from '../../http/input.ts'
import { Refusal } from '../../http/refusal.ts'
import { counts } from '../../queries/counts.ts'
import { threadKey } from './thread.ts'

/** `GET /v1/sites/:site/counts`: shown comments by key, as asked. */
export async function getCounts(c: Ctx): Promise<Response> {
  publicly(c)
  const siteId = c.req.param('site') ?? ''
  const keys = c.req.queries('key') ?? []
  if (keys.length === 0) throw new Refusal('missing', { field: 'key' })
  if (keys.length > limits.counts) throw new Refusal('too_long', { field: 'key', limit: limits.counts })
  const canonical = parse(v.array(threadKey), keys, 'key.')
  const found = await counts(worldOf(c, siteId), { siteId, keys: canonical })
  keepable(c, 'counts', await tagsOf(c.env, { siteId }))
  return c.json({
    counts: Object.fromEntries(keys.map((key, index) => [key, found.get(canonical[index] ?? '') ?? 0])),
  } satisfies Counts)
}
