import * as v from 'valibot'
import type { Ctx } from '../../access/identity.ts'
import { worldOf } from '../../access/world.ts'
import { limits } from '../../contract/limits.ts'
import { queueSorts, tabs } from '../../contract/queue.ts'
import { isFresh, versionSeen } from '../../http/headers.ts'
import { line, parse, single, uuid } from '../../http/input.ts'
import { Refusal } from '../../http/refusal.ts'
import { queuePage } from '../../queries/queuePage.ts'

const number = (pattern: RegExp) => v.pipe(v.string(), v.regex(pattern, 'invalid'), v.transform(Number))
const filter = <Schema extends v.GenericSchema>(schema: Schema) => v.optional(schema)

const query = v.object({
  tab: v.optional(v.picklist(tabs), 'held'),
  site: filter(line(100)),
  author: filter(line(100)),
  thread: filter(number(/^\d{1,15}$/)),
  q: filter(line(200)),
  ids: filter(
    v.pipe(
      line(37 * limits.page),
      v.transform((ids) => ids.split(',')),
      v.array(uuid),
    ),
  ),
  limit: filter(
    v.pipe(number(/^\d{1,9}$/), v.minValue(1, 'invalid'), v.maxValue(limits.page, `too_long ${limits.page}`)),
  ),
  sort: v.optional(v.picklist(queueSorts), 'waiting'),
  cursor: filter(
    v.pipe(
      v.string(),
      v.regex(/^\d{1,15}(~-?\d{1,16}(\.\d{1,20})?(e[+-]?\d{1,3})?)?$/, 'invalid'),
      v.transform((cursor) => {
        const [seq = 0, by = 0] = cursor.split('~').map(Number)
        return { seq, by }
      }),
    ),
  ),
})

/** `GET /v1/queue`: a page of one of its tabs, and what all of them count. */
export async function getQueue(c: Ctx): Promise<Response> {
  const asked = parse(query, single(c.req.queries()))
  const siteId = asked.site || null
  if (asked.sort !== 'waiting') {
    if (siteId === null)
      throw new Refusal('missing', { field: 'site', message: 'This order is for one site.' })
    if (asked.tab !== 'held' || asked.author || asked.thread || asked.q || asked.ids)
      throw new Refusal('invalid', { field: 'sort', message: 'This order is for all that a site holds.' })
  }
  const { version, page } = await queuePage(siteId === null ? worldOf(c) : worldOf(c, siteId), {
    tab: asked.tab,
    siteId,
    author: asked.author || null,
    threadId: asked.thread ?? null,
    text: asked.q || null,
    ids: asked.ids ?? null,
    sort: asked.sort,
    after: asked.cursor ?? null,
    limit: asked.limit ?? 30,
    seen: versionSeen(c),
  })
  return isFresh(c, `"${version}"`) || page === null ? c.body(null, 304) : c.json(page)
}
