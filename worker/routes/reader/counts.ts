import type { Ctx } from '../../access/identity.ts'
import { limitReads } from '../../access/readLimit.ts'
import { type Counts, countsQuery } from '../../contract/thread.ts'
import { tagsOf } from '../../http/edgeCache.ts'
import { keepable, publicly } from '../../http/headers.ts'
import { parse } from '../../http/input.ts'
import { memory } from '../../http/isolateCache.ts'
import { isUsual, untracked } from '../../http/publicQuery.ts'
import { counts } from '../../queries/counts.ts'
import { worldOf } from '../world.ts'

const encoder = new TextEncoder()

/** `GET /v1/sites/:site/counts`: shown comments by key, as asked. */
export async function getCounts(c: Ctx): Promise<Response> {
  publicly(c)
  const siteId = c.req.param('site') ?? ''
  const keys = c.req.queries('key') ?? []
  const { key: canonical } = parse(countsQuery, untracked(c.req.queries()))
  const parameters = canonical.map((key) => ['key', key ?? ''] as const)
  const isKept = new Set(canonical).size === canonical.length && isUsual(c, parameters)
  const remember = memory.watch(c.req.raw, c.get('receivedAt'))
  await limitReads(c)
  const found = await counts(worldOf(c, siteId), { siteId, keys: canonical.filter((key) => key !== null) })
  keepable(c, 'counts', { tags: await tagsOf(c.env, { siteId }), isUsual: isKept })
  const answer: Counts = {
    counts: Object.fromEntries(keys.map((key, index) => [key, found.get(canonical[index] ?? '') ?? 0])),
  }
  const body = encoder.encode(JSON.stringify(answer)) as Uint8Array<ArrayBuffer>
  const response = c.body(body, 200, { 'content-type': 'application/json' })
  return isKept ? remember(response, body) : response
}
